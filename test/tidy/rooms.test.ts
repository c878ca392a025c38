// Holds who may import whom, and explains the rule where it is broken.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, productFiles } from "./imports.ts";
import { readProjectFile } from "./project.ts";

interface Room {
  readonly name: string;
  /** The files of the room; the first room that fits a file has it. */
  readonly files: RegExp;
  /** What its files may import outside the room: paths in the project and names of packages. */
  readonly mayImport: readonly RegExp[];
}

const node = /^node:/;
const shared = /^shared\//;
const core = /^server\/src\/core\/index\.ts$/;
const image = /^image\/src\/index\.ts$/;
const imageNode = /^image\/src\/node\/index\.ts$/;
const updates = /^updates\/src\/index\.ts$/;
const hosts = /^hosts\/src\/index\.ts$/;

/** What runs in a browser: each page, and what they share. */
const pages = /^client\/src\/(\w+\/page|pages\/browser)\//;

const rooms: readonly Room[] = [
  { name: "shared", files: /^shared\//, mayImport: [] },
  { name: "core", files: /^server\/src\/core\//, mayImport: [] },
  { name: "protocol", files: /^server\/src\/protocol\//, mayImport: [core, shared, /^vscode-languageserver/] },
  {
    name: "server",
    files: /^server\//,
    mayImport: [
      /^server\/src\/protocol\//,
      core,
      image,
      imageNode,
      updates,
      hosts,
      shared,
      node,
      /^vscode-languageserver/,
    ],
  },
  { name: "image/node", files: /^image\/src\/node\//, mayImport: [/^image\/src\//, node] },
  { name: "image", files: /^image\//, mayImport: [] },
  { name: "updates", files: /^updates\//, mayImport: [core, node] },
  { name: "hosts", files: /^hosts\//, mayImport: [core, image, imageNode, shared, node] },
  { name: "cli", files: /^cli\//, mayImport: [core, image, imageNode, updates, hosts, shared, node] },
  { name: "pages", files: pages, mayImport: [/^d3-hierarchy$/] },
  {
    name: "client",
    files: /^client\//,
    mayImport: [
      ...[image, imageNode, shared, node, /^vscode$/, /^vscode-languageclient/],
      /^client\/src\/\w+\/page\/messages\.ts$/,
    ],
  },
];

function roomOf(file: string): Room | undefined {
  return rooms.find(({ files }) => files.test(file));
}

test("each room imports only what the house rules allow", () => {
  const broken = productFiles.flatMap((file) => {
    const room = roomOf(file);
    if (room === undefined) return [`${file} is in no room`];
    return importsOf(file)
      .filter((imported) => roomOf(imported) !== room && !room.mayImport.some((rule) => rule.test(imported)))
      .map((imported) => `${file} imports ${imported}, which ${room.name} may not`);
  });
  const rule = /### Who may import whom\n+([^#]*)/.exec(readProjectFile("ARCHITECTURE.md"))?.[1]?.trim();
  assert.ok(rule, 'ARCHITECTURE.md has no section "Who may import whom"');
  if (broken.length > 0) throw new Error(`${broken.join("\n")}\n\n${rule}`);
});

test("commands are on top: in the client only its entry imports them", () => {
  const others = productFiles.filter((file) => /^client\/(?!src\/(commands\/|main\.ts$))/.test(file));
  const importing = others.filter((file) =>
    importsOf(file).some((imported) => imported.startsWith("client/src/commands/")),
  );
  assert.deepEqual(importing, []);
});

test("the import rule sees every form of import", () => {
  assert.deepEqual(importsOf("test/tidy/rooms.test.ts"), [
    ...["node:assert/strict", "node:test", "test/tidy/imports.ts", "test/tidy/project.ts"],
  ]);
  assert.ok(importsOf("image/src/index.ts").includes("image/src/detect.ts"), "export … from");
  assert.ok(importsOf("test/e2e/window.test.ts").length > 3, "imports over several lines");
});

test("programs are started in three places, and never through a shell", () => {
  const starting = productFiles.filter((file) => importsOf(file).includes("node:child_process"));
  assert.deepEqual(starting, [
    // setfattr, mknod and mkfifo, when somebody extracts files; not in a workspace that is not trusted.
    "image/src/node/extract-programs.ts",
    // getfattr, where it is installed; its caller leaves it out in a workspace that is not trusted.
    "image/src/node/host-xattrs.ts",
    // The user's gpg, when they ask for a signature on the command line; the editor runs that only in a trusted workspace.
    "updates/src/gpg.ts",
  ]);
  const shells = productFiles.filter((file) =>
    /\bshell: |\bShellExecution\b|\bexec(Sync)?\(["'`]/.test(readProjectFile(file)),
  );
  assert.deepEqual(shells, []);
});
