// Programs and libraries of a tree, and what they need of the host.
import type { ElfFacts } from "../../model/elf.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import { nameOf } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import { elfBytes } from "./elf-example.ts";
import { isInOwnRoot, mayBeFound } from "./find-path.ts";
import { mergedContent } from "./merged-files.ts";
import { runs } from "./reload-commands.ts";
import { sayOfEach } from "./say-of-each.ts";

const loader = "/lib64/ld-linux-x86-64.so.2";
const release = "usr/lib/extension-release.d/extension-release.demo";
const anyHost = "ID=_any\nARCHITECTURE=x86-64\n";

/** A program of the examples. */
function program(needed: readonly string[], interpreter = loader) {
  return { bytes: elfBytes({ machine: 62, interpreter, needed }), mode: 0o755 };
}

function isLibrary(path: string): boolean {
  return path.includes(".so");
}

/** Names of files in the tree that programs may be linked against. */
export function libraryNames({ files, elfs }: TreeFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, type } of files.named(isLibrary)) if (type !== "directory") names.add(nameOf(path));
  for (const { soname } of elfs.values()) if (soname !== undefined) names.add(soname);
  return names;
}

const dynamicAny: TreeCheck = {
  id: "tree/elf-dynamic-any",
  severity: "warning",
  title: "A program that needs the host's libraries, in an extension for all hosts",
  why: "With ID=_any, hosts with other libraries, or other versions of them, merge the extension, and the program does not start there. Programs for all hosts are linked statically, or have their libraries in a folder of their own.",
  example: {
    badTree: { [release]: anyHost, "usr/bin/tool": program(["libc.so.6"]) },
    goodTree: { [release]: anyHost, "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 } },
  },
  run(facts, _context, report) {
    const { extension, releases, elfs } = facts;
    const path = extension.releaseFiles.find((file) => releases.get(file)?.get("ID")?.text === "_any");
    const id = path === undefined ? undefined : releases.get(path)?.get("ID");
    if (path === undefined || id === undefined) return;
    const shipped = libraryNames(facts);
    const { generated } = extension.project;
    const mayCome = (name: string) => generated.some((made) => made.endsWith("/**") || nameOf(made) === name);
    const lacking = (elf: ElfFacts) => elf.needed.find((name) => !shipped.has(name) && !mayCome(name));
    const found = [...elfs].find(([, elf]) => elf.interpreter !== undefined && lacking(elf) !== undefined);
    if (found === undefined) return;
    const [file, elf] = found;
    report(
      path,
      `"${file}" needs the host's "${lacking(elf)}", which not every host has in that version; link it statically, or set the host's "ID" and "VERSION_ID"`,
      {
        span: id.value,
      },
    );
  },
};

const interpreter: TreeCheck = {
  id: "tree/elf-interp",
  severity: "error",
  title: "A program whose loader is missing",
  why: "A dynamically linked program is started by its loader. If that is missing, the kernel reports that the program itself does not exist.",
  example: {
    badTree: {
      [release]: "ID=alpine\nVERSION_ID=3.20\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": program(["libc.musl-x86_64.so.1"], "/lib/ld-musl-x86_64.so.1"),
    },
    goodTree: {
      [release]: "ID=alpine\nVERSION_ID=3.20\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": program(["libc.so.6"]),
    },
    base: ["usr/lib64/ld-linux-x86-64.so.2", "lib64@"],
  },
  run(facts, context, report) {
    const isKnown = context.base !== undefined;
    const lacking = [...facts.elfs].flatMap(([path, { interpreter: named }]) => {
      if (named === undefined || !named.startsWith("/") || mayBeFound(facts, context, named, path)) return [];
      // Without the host's files only this loader is known to be on none of the well-known hosts.
      return isKnown || /^\/lib\/ld-musl-/.test(named) ? [{ path, named }] : [];
    });
    sayOfEach(lacking, ({ path, named }, more) =>
      report(path, `its loader "${named}" is neither in the extension nor on the host; link it statically${more}`, {
        severity: isKnown ? "error" : "warning",
      }),
    );
  },
};

const publicLibrary = /^usr\/lib(?:64|32)?\/(?:[^/]+-linux-[^/]+\/)?lib[^/]*\.so(?:\.[\d.]+)?$/;

function isPublicLibrary(path: string): boolean {
  return publicLibrary.test(path);
}

const sharedLibrary: TreeCheck = {
  id: "tree/shared-lib-public",
  severity: "warning",
  title: "A library in a public folder",
  why: "A library in a public folder replaces the host's library of the same name for all of the host's programs, and programs of other extensions find it too.",
  example: {
    badTree: { "usr/lib/libdemo.so.1": "" },
    goodTree: { "usr/lib/demo/libdemo.so.1": "", "usr/lib/libnss_demo.so.2": "" },
  },
  run({ files }, _context, report) {
    const found = files.named(isPublicLibrary).filter(({ type }) => type !== "directory");
    // The C library looks for such modules nowhere else.
    const libraries = found.filter(({ path }) => !/\/libnss_/.test(path));
    const [first] = libraries;
    if (first === undefined) return;
    const others = libraries.length === 1 ? "" : ` and ${libraries.length - 1} more`;
    report(
      first.path,
      `"${nameOf(first.path)}"${others} may replace the host's; move libraries to a folder of your own, and use "$ORIGIN" in the RUNPATH of the programs`,
    );
  },
};

const linkerConfig: TreeCheck = {
  id: "tree/ldconfig",
  severity: "warning",
  title: "A list of library folders that nothing reads",
  why: "ldconfig reads only /etc/ld.so.conf.d, and programs use its cache, which a merge does not update.",
  example: {
    badTree: { "usr/lib/ld.so.conf.d/demo.conf": "/usr/lib/demo\n" },
    goodTree: { "usr/share/demo/ld.so.conf.d/demo.conf": "/usr/lib/demo\n" },
  },
  run(facts, _context, report) {
    // Whoever runs ldconfig after the merge may as well have put the list where that reads it.
    if (runs(facts, /ldconfig/)) return;
    const isMerged = facts.extension.class === "confext";
    const [first] = facts.files.children(isMerged ? "etc/ld.so.conf.d" : "usr/lib/ld.so.conf.d");
    if (first === undefined) return;
    const fault = isMerged
      ? "a merge does not update the library cache that programs use"
      : 'nothing reads "/usr/lib/ld.so.conf.d", and a merge does not update the library cache';
    report(first.path, `${fault}; use "$ORIGIN" in the RUNPATH of the programs`);
  },
};

const builderFolder = /^\/(?:home|root|build|builds|workspace|workspaces|github)\/|^\/tmp\/(?!\.)/;

const buildPath: TreeCheck = {
  id: "tree/build-path-leak",
  severity: "error",
  title: "A path of the build machine",
  why: "On a host, a link or library path into a home or build folder leads nowhere, or to a file that a user put there.",
  example: {
    badTree: { "usr/bin/tool": { target: "/home/me/demo/tool" } },
    goodTree: { "usr/bin/tool": { target: "../lib/demo/tool" }, "usr/lib/demo/tool": "" },
  },
  run(facts, _context, report) {
    const { elfs } = facts;
    const links = mergedContent(facts).filter(
      ({ path, target }) => target !== undefined && builderFolder.test(target) && !isInOwnRoot(facts, target, path),
    );
    sayOfEach(links, ({ path, target }, more) =>
      report(
        path,
        `the symlink points to "${target}", which is on the build machine; point it to a file in the extension${more}`,
      ),
    );
    const leaks = [...elfs].flatMap(([path, { runPath }]) => {
      const leaked = runPath.find((folder) => builderFolder.test(folder));
      return leaked === undefined ? [] : [{ path, leaked }];
    });
    sayOfEach(leaks, ({ path, leaked }, more) =>
      report(
        path,
        `it looks for libraries in "${leaked}", which is on the build machine; use "$ORIGIN" in its RUNPATH${more}`,
      ),
    );
  },
};

const shebang: TreeCheck = {
  id: "tree/shebang",
  severity: "warning",
  title: "A script whose interpreter is missing",
  why: "A script is run by the program in its first line; if that is missing on the host, the script cannot be started.",
  example: {
    badTree: { "usr/bin/tool": { content: "#!/usr/bin/python3\n", mode: 0o755 } },
    goodTree: { "usr/bin/tool": { content: "#!/bin/sh\n", mode: 0o755 } },
    hosts: ["flatcar-stable"],
  },
  run(facts, context, report) {
    const withoutLanguages = context.hosts.some((host) => host.facts?.family === "flatcar");
    const lacking = [...facts.scripts].flatMap(([path, { interpreter: line }]) => {
      const [first = "", second = ""] = line.split(/\s+/);
      const viaEnv = nameOf(first) === "env" && /^\w/.test(second);
      const program = viaEnv ? `/usr/bin/${second}` : first;
      if (!program.startsWith("/") || mayBeFound(facts, context, program, path)) return [];
      const isKnownLack = withoutLanguages && /^(?:python|perl|ruby|node)[\d.]*$/.test(nameOf(program));
      return context.base !== undefined || isKnownLack ? [{ path, program }] : [];
    });
    sayOfEach(lacking, ({ path, program }, more) =>
      report(
        path,
        `its first line names "${program}", which is neither in the extension nor on the host; add it, or use another${more}`,
      ),
    );
  },
};

export const elfChecks: readonly TreeCheck[] = [
  dynamicAny,
  interpreter,
  sharedLibrary,
  linkerConfig,
  buildPath,
  shebang,
];
