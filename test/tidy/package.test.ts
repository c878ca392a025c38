// Holds the package's promises: its scripts, and a lock file that installs on every platform from any registry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { projectFiles, readProjectFile, readProjectJson } from "./project.ts";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { scripts } = readProjectJson<{ scripts: Readonly<Record<string, string>> }>("package.json");
const { packages } = readProjectJson<{ packages: Readonly<Record<string, LockedPackage>> }>("package-lock.json");

test("package.json has the documented scripts and no others", () => {
  assert.deepEqual(Object.keys(scripts).sort(), [
    ...["bench", "build", "check", "generate", "mutate", "package", "start", "test"],
    ...["test:images", "test:long", "test:unit", "test:vscode", "watch"],
  ]);
});

test("package.json, its lock and the changelog name the same version", () => {
  const { version } = readProjectJson<{ version: string }>("package.json");
  const lock = readProjectJson<{ version: string }>("package-lock.json");
  const newest = /^## (.+)$/m.exec(readProjectFile("CHANGELOG.md"))?.[1];
  assert.deepEqual([lock.version, packages[""]?.version, newest], [version, version, version]);
});

test("every script starts through the bootstrap, so that node 20 and npm are enough", () => {
  for (const [name, command] of Object.entries(scripts)) {
    assert.match(command, /^node scripts\/bootstrap\.mjs \S+/, `"${name}" does not`);
  }
});

test("the lock file names no host", () => {
  assert.deepEqual(
    Object.keys(packages).filter((name) => packages[name]?.resolved !== undefined),
    [],
  );
});

test("the lock file has every platform's package", () => {
  const locked = new Set(Object.keys(packages).map((name) => name.replace(/^.*node_modules\//, "")));
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !locked.has(name));
  assert.deepEqual(missing, []);
});

test("no file names a path of one developer's machine or a registry's host", () => {
  // Put together here, so that this file does not name them itself.
  const traces = [
    ["/", "work/"],
    ["/", "root/"],
    ["registry", ".npmjs"],
    ["localhost", ":4873"],
  ].map((parts) => parts.join(""));
  const named = projectFiles(/\.(ts|mjs|md|json|sh|yaml|yml)$|^\.ci\//).flatMap((file) => {
    const text = readProjectFile(file);
    const trace = traces.find((words) => text.includes(words));
    return trace === undefined ? [] : [`${file}: ${trace}`];
  });
  assert.deepEqual(named, []);
});
