import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProject } from "../../server/src/core/model/project.ts";
import { generateProjectSchema } from "./project-schema.ts";

interface Property {
  readonly type: string;
  readonly pattern?: string;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly markdownDescription?: string;
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
}

const [text = "{}"] = Object.values(generateProjectSchema());
const { properties } = JSON.parse(text) as { readonly properties: Readonly<Record<string, Property>> };

/** Whether the project file's own reader takes a value. */
function isTaken(key: string, value: unknown): boolean {
  return parseProject(JSON.stringify({ [key]: value })).faults.length === 0;
}

test("the schema takes the names that are read, and no others", () => {
  const pattern = new RegExp(properties["name"]?.pattern ?? "");
  for (const name of ["demo", "a", "7zip", "docker-27.1_x+1@a", "", ".demo", "-demo", "de mo", "a/b", "a:b", "ä"]) {
    assert.equal(pattern.test(name), isTaken("name", name), name);
  }
});

test("the schema takes the versions and paths that are read, and no others", () => {
  const version = new RegExp(properties["version"]?.pattern ?? "");
  for (const text of ["1.2", "1~rc1", "2025-11", "v1+2", "", "1 2", "a/b", "-1"]) {
    assert.equal(version.test(text), isTaken("version", text), text);
  }
  for (const key of ["generated", "required"]) {
    const path = new RegExp(properties[key]?.items?.pattern ?? "");
    for (const text of ["usr/bin/a", "usr/lib/a/**", "a", "/usr", "../a", "a/../b", "a/..", "..a"]) {
      assert.equal(path.test(text), isTaken(key, [text]), `${key} ${text}`);
    }
  }
});

test("every word and number that the schema offers is read", () => {
  for (const word of properties["class"]?.enum ?? []) assert.ok(isTaken("class", word));
  const { minimum = 0 } = properties["systemd"] ?? {};
  assert.ok(isTaken("systemd", minimum));
  assert.ok(!isTaken("systemd", minimum - 1));
  for (const [id, { enum: severities = [] }] of Object.entries(properties["checks"]?.properties ?? {})) {
    for (const severity of severities) assert.ok(isTaken("checks", { [id]: severity }), id);
  }
});

test("the schema has what is read, with a description", () => {
  const full = { name: "a", class: "sysext", version: "1", systemd: 255, checks: {}, build: {} };
  const { project } = parseProject(JSON.stringify(full));
  assert.deepEqual(Object.keys(properties).sort(), ["$schema", ...Object.keys(project)].sort());
  const build = { format: "squashfs", compression: "gzip", level: 6, blockSize: 4096 };
  const parsed = parseProject(JSON.stringify({ build })).project.build;
  assert.deepEqual(Object.keys(properties["build"]?.properties ?? {}).sort(), Object.keys(parsed).sort());
  for (const [key, { markdownDescription }] of Object.entries(properties)) assert.ok(markdownDescription, key);
});
