// Verdicts, held against a table of cases, most of which were put to a real systemd-sysext.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import {
  architectures,
  type ExtensionImage,
  judgeExtension,
  pickVersion,
  readHostRelease,
  readImageName,
  scopes,
} from "../../server/src/core/index.ts";

type Row = Readonly<Record<string, string>>;

function readTable(file: string): Row[] {
  const [head = "", ...rows] = readFileSync(path.join(projectFolder, "test", "hosts", file), "utf8")
    .trimEnd()
    .split("\n");
  const names = head.split("\t");
  return rows.map((row) => Object.fromEntries(row.split("\t").map((cell, at) => [names[at] ?? "", cell])));
}

/** Lines KEY=VALUE of the columns with a prefix; what is empty in the table is left out, `(empty)` is written empty. */
function assignments(row: Row, prefix: string, keys: readonly string[]): string {
  return keys
    .flatMap((key) => {
      const cell = row[`${prefix}${key}`] ?? "";
      return cell === "" ? [] : [`${key}=${cell === "(empty)" ? "" : `"${cell}"`}\n`];
    })
    .join("");
}

const hostKeys = ["ID", "ID_LIKE", "VERSION_ID", "SYSEXT_LEVEL", "CONFEXT_LEVEL"];
const extensionKeys = [
  "ID",
  "ID_LIKE",
  "VERSION_ID",
  "SYSEXT_LEVEL",
  "CONFEXT_LEVEL",
  "ARCHITECTURE",
  "SYSEXT_SCOPE",
  "CONFEXT_SCOPE",
];

/** The image of a case as systemd of a version finds it in its search path. */
function imageOf(row: Row, systemd: number): ExtensionImage {
  const [first = "", inside] = (row["image_file"] ?? "").split("/");
  const releases = releasesOf(row);
  const isFile = /\.(?:raw|txt)$/.test(first);
  let fileName = first;
  if (inside !== undefined) {
    const named = readImageName(first, "directory", systemd);
    if (named.kind === "versions") {
      const { chosen } = pickVersion([inside], {
        name: named.name,
        suffix: named.suffix,
        known: new Set(architectures),
        architectures: ["x86-64"],
      });
      assert.equal(chosen?.fileName, inside);
      fileName = named.name;
    }
  }
  return {
    fileName,
    kind: isFile ? "file" : "directory",
    releases: { sysext: [], confext: [], [row["class"] ?? ""]: releases },
    hasOsRelease: row["extra_file"] === "usr/lib/os-release",
    ...(row["release_files"] === "(not a disk image)" ? { damage: "it is no disk image" } : {}),
  };
}

function releasesOf(row: Row): ExtensionImage["releases"]["sysext"] {
  const text = assignments(row, "ext_", extensionKeys);
  const strict = row["xattr_strict"] ?? "";
  return [...(row["release_files"] ?? "").matchAll(/extension-release\.(\S+)/g)].map(([, suffix = ""]) => ({
    suffix,
    text,
    ...(strict === "" ? {} : { strict }),
  }));
}

function verdictOf(row: Row, systemd: number): string {
  const scope = scopes.find((known) => known === row["host_scope"]);
  const extensionClass = row["class"];
  assert.ok(scope !== undefined && (extensionClass === "sysext" || extensionClass === "confext"));
  const release = readHostRelease(`PRETTY_NAME=x\n${assignments(row, "host_", hostKeys)}`);
  assert.ok(release !== undefined);
  const architecture = row["host_arch"] ?? "";
  return judgeExtension(imageOf(row, systemd), {
    class: extensionClass,
    scope,
    systemd,
    architecture,
    host: { name: "host", title: "host", release, architectures: [architecture] },
  }).verdict;
}

for (const row of readTable("matching-cases.tsv")) {
  const { case: name = "", expected = "" } = row;
  test(`${name}: ${expected}, by the newest systemd`, () => assert.equal(verdictOf(row, 262), expected));

  const run = row["verdict_run_on_v252"] ?? "";
  if (run === "") continue;
  test(`${name}: ${run}, by systemd 252`, () => assert.equal(verdictOf(row, 252), run));
}
