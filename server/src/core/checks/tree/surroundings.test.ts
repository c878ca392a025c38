// What the examples do not show of checks of programs, links, hosts and other extensions: more near misses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdTo, type TreeCase, treeFindings } from "../../../../../test/support/tree-cases.ts";
import type { ExampleFile, ExampleTree } from "../check.ts";
import { type ElfExample, elfBytes } from "./elf-example.ts";

const confext: ExampleTree = { "etc/extension-release.d/extension-release.demo": "ID=_any\n" };
const releaseFile = "usr/lib/extension-release.d/extension-release.demo";
const program = (elf: ElfExample): ExampleFile => ({ bytes: elfBytes(elf), mode: 0o755 });
const x86 = program({ machine: 62 });
const arm = program({ machine: 183 });
const musl = program({ machine: 62, interpreter: "/lib/ld-musl-x86_64.so.1", needed: ["libc.musl-x86_64.so.1"] });
const glibc = program({ machine: 62, interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6", "libz.so.1"] });
const relaxed = (content: string): ExampleFile => ({ content, xattrs: { "user.extension-release.strict": "0" } });

const cases: readonly TreeCase[] = [
  ["tree/elf-interp", "a loader that no well-known host has", { "usr/bin/tool": musl }, ["warning usr/bin/tool"]],
  ["tree/elf-interp", "the loader is brought along", { "usr/bin/tool": musl, "usr/lib/ld-musl-x86_64.so.1": "" }, []],
  [
    "tree/elf-interp",
    "a root of its own has it",
    { "usr/lib/demo/guest/usr/bin/tool": musl, "usr/lib/demo/guest/lib/ld-musl-x86_64.so.1": "" },
    [],
    { base: ["usr/lib/"] },
  ],
  [
    "tree/elf-interp",
    "something makes it later",
    { "usr/bin/tool": musl, "sysext.json": '{ "generated": ["usr/lib/ld-musl-x86_64.so.1"] }' },
    [],
  ],
  [
    "tree/elf-interp",
    "another extension brings it",
    { "usr/bin/tool": musl },
    [],
    { others: { musl: { "usr/lib/ld-musl-x86_64.so.1": "" } } },
  ],
  [
    "tree/elf-dynamic-any",
    "all libraries but one are shipped",
    { "usr/bin/tool": glibc, "usr/lib/demo/libc.so.6": "" },
    [`warning ${releaseFile}`],
  ],
  [
    "tree/elf-dynamic-any",
    "all libraries are shipped",
    { "usr/bin/tool": glibc, "usr/lib/demo/libc.so.6": "", "usr/lib/demo/libz.so.1": { target: "libz.so.1.3" } },
    [],
  ],
  [
    "tree/elf-dynamic-any",
    "libraries come when it is built",
    { "usr/bin/tool": glibc, "sysext.json": '{ "generated": ["usr/lib/demo/**"] }' },
    [],
  ],
  [
    "tree/elf-dynamic-any",
    "an extension for one system",
    { [releaseFile]: "ID=fedora\nVERSION_ID=42\n", "usr/bin/tool": glibc },
    [],
  ],
  [
    "tree/shebang",
    "a host whose files are known",
    { "usr/bin/tool": { content: "#!/usr/bin/env perl\n", mode: 0o755 } },
    ["warning usr/bin/tool"],
    { base: ["usr/bin/env"] },
  ],
  [
    "tree/shebang",
    "/bin leads to usr/bin",
    { "usr/bin/tool": { content: "#! /bin/bash -e\n", mode: 0o755 } },
    [],
    { base: ["usr/bin/bash"] },
  ],
  [
    "tree/shebang",
    "options of env are not looked into",
    { "usr/bin/tool": { content: "#!/usr/bin/env -S perl -w\n", mode: 0o755 } },
    [],
    { base: ["usr/bin/env"] },
  ],
  ["tree/shared-lib-public", "a plugin of its own kind", { "usr/lib64/demo.so": "", "usr/lib/demo/liba.so": "" }, []],
  [
    "tree/shared-lib-public",
    "a folder of one architecture",
    { "usr/lib/x86_64-linux-gnu/liba.so.1.2": "" },
    ["warning usr/lib/x86_64-linux-gnu/liba.so.1.2"],
  ],
  [
    "tree/ldconfig",
    "a configuration that ldconfig would read",
    { ...confext, "etc/ld.so.conf.d/demo.conf": "/opt/demo\n" },
    ["warning etc/ld.so.conf.d/demo.conf"],
  ],
  [
    "tree/ldconfig",
    "a script renews the cache",
    { "usr/lib/ld.so.conf.d/demo.conf": "/x\n", "usr/libexec/demo": { content: "#!/bin/sh\nldconfig\n", mode: 0o755 } },
    [],
  ],
  [
    "tree/build-path-leak",
    "a library path",
    { "usr/bin/tool": program({ machine: 62, runPath: "$ORIGIN:/home/me/lib" }) },
    ["error usr/bin/tool"],
  ],
  [
    "tree/build-path-leak",
    "a socket that hosts have in /tmp",
    { "usr/share/demo/x": { target: "/tmp/.X11-unix/X0" } },
    [],
  ],
  [
    "tree/build-path-leak",
    "a link in a root of its own",
    { "usr/lib/demo/guest/a": { target: "/home/me/a" }, "usr/lib/demo/guest/home/me/a": "" },
    [],
  ],
  [
    "tree/alternatives-symlink",
    "tmpfiles.d makes the link on the host",
    {
      "usr/bin/tool": { target: "/etc/alternatives/tool" },
      "usr/lib/tmpfiles.d/demo.conf": "L /etc/alternatives/tool - - - - /usr/bin/tool.demo\n",
    },
    [],
  ],
  [
    "tree/alternatives-symlink",
    "a host that has the link",
    { "usr/bin/tool": { target: "/etc/alternatives/tool" } },
    [],
    { base: ["etc/alternatives/tool@"] },
  ],
  [
    "tree/alternatives-symlink",
    "a container has both",
    {
      "usr/lib/c/usr/bin/tool": { target: "/etc/alternatives/tool" },
      "usr/lib/c/etc/alternatives/tool": { target: "/x" },
    },
    [],
  ],
  [
    "tree/dangling-symlink",
    "a file that is made later",
    { "usr/bin/tool": { target: "/usr/lib/demo/tool" }, "sysext.json": '{ "generated": ["usr/lib/demo/**"] }' },
    [],
    { base: ["usr/bin/"] },
  ],
  [
    "tree/dangling-symlink",
    "a folder that is filled later",
    { "usr/share/demo": { target: "../lib/demo" }, "sysext.json": '{ "generated": ["usr/lib/demo/**"] }' },
    [],
    { base: ["usr/bin/"] },
  ],
  [
    "tree/dangling-symlink",
    "state that the host keeps",
    { "usr/lib/demo/state": { target: "/var/lib/demo" } },
    [],
    { base: ["usr/bin/"] },
  ],
  [
    "tree/dangling-symlink",
    "behind a link of the host",
    { "usr/lib/demo": { target: "/usr/lib64/x/y" } },
    [],
    { base: ["usr/lib64@"] },
  ],
  [
    "tree/dangling-symlink",
    "a file of another extension",
    { "usr/bin/tool": { target: "tool2" } },
    [],
    { base: ["usr/bin/"], others: { b: { "usr/bin/tool2": "" } } },
  ],
  [
    "tree/early-config",
    "a service reads it again",
    { "usr/lib/sysctl.d/a.conf": "", "usr/libexec/d": { content: "#!/bin/sh\nsysctl --system\n", mode: 0o755 } },
    [],
  ],
  [
    "tree/selinux-unlabelled",
    "a folder has no labels before it is built",
    { "usr/share/demo/a": "" },
    [],
    { hosts: ["fedora-coreos"] },
  ],
  [
    "tree/selinux-unlabelled",
    "a host without SELinux",
    { "usr/share/demo/a": "" },
    [],
    { hosts: ["arch"], image: true },
  ],
  ["tree/overrides-base", "folders are merged", { "usr/bin/tool2": { mode: 0o755 } }, [], { base: ["usr/bin/"] }],
  ["tree/collision", "folders are merged", { "usr/share/a/b": "" }, [], { others: { other: { "usr/share/a/c": "" } } }],
  [
    "tree/collision",
    "a file where the other has a folder",
    { "usr/share/a": "" },
    ["warning usr/share/a"],
    { others: { other: { "usr/share/a/c": "" } } },
  ],
  [
    "tree/collision",
    "never merged together, as they are for other architectures",
    { [releaseFile]: "ID=_any\nARCHITECTURE=x86-64\n", "usr/bin/tool": x86 },
    [],
    { others: { arm: { [`${releaseFile}`]: "ID=_any\nARCHITECTURE=arm64\n", "usr/bin/tool": arm } } },
  ],
  [
    "tree/collision",
    "never merged together, as they are for other systems",
    { [releaseFile]: "ID=flatcar\nSYSEXT_LEVEL=1.0\n", "usr/share/a": "" },
    [],
    { others: { b: { [releaseFile]: "ID=fedora\nVERSION_ID=42\n", "usr/share/a": "" } } },
  ],
  [
    "tree/collision",
    "systems of one kin may merge both",
    { [releaseFile]: "ID=debian\nVERSION_ID=13\n", "usr/share/a": "" },
    ["warning usr/share/a"],
    {
      others: {
        b: { "usr/lib/extension-release.d/extension-release.b": "ID=ubuntu\nVERSION_ID=24.04\n", "usr/share/a": "" },
      },
    },
  ],
  [
    "tree/collision",
    "never merged together, as they are for other versions",
    { [releaseFile]: "ID=fedora\nVERSION_ID=42\n", "usr/share/a": "" },
    [],
    { others: { b: { [releaseFile]: "ID=fedora\nVERSION_ID=43\n", "usr/share/a": "" } } },
  ],
  [
    "tree/collision",
    "a variant of the same name masks it",
    { "usr/share/a": "" },
    [],
    { others: { demo: { "usr/share/a": "" } } },
  ],
  ["er/architecture-missing", "programs of a library's own folder", { "usr/lib/demo/firmware": arm }, []],
  ["er/architecture-missing", "programs that are chosen from", { "usr/bin/a": x86, "usr/bin/b": arm }, []],
  [
    "er/architecture-missing",
    "programs that one kernel runs both",
    { "usr/bin/a": program({ machine: 3, bits: 32 }), "usr/bin/b": x86 },
    [`warning ${releaseFile}`],
  ],
  [
    "er/architecture-missing",
    "once for a release file of two names",
    { "usr/bin/a": x86, [releaseFile]: "ID=_any\n", [`${releaseFile}2`]: { target: "extension-release.demo" } },
    [`warning ${releaseFile}`],
  ],
  [
    "er/architecture-elf-mismatch",
    "libraries to build for another architecture",
    { [releaseFile]: "ID=_any\nARCHITECTURE=x86-64\n", "usr/lib/aarch64-linux-gnu/libdemo.so.1": arm },
    [],
  ],
  [
    "er/architecture-elf-mismatch",
    "for any architecture",
    { [releaseFile]: "ID=_any\nARCHITECTURE=_any\n", "usr/bin/tool": x86 },
    [],
  ],
  [
    "er/reload-missing",
    "a systemd that does not know the key",
    { "usr/lib/systemd/system/a.service.d/b.conf": "[Service]\nNice=1\n" },
    [],
    { systemd: 254 },
  ],
  ["er/reload-missing", "a unit of users", { "usr/lib/systemd/user/a.service.d/b.conf": "[Service]\nNice=1\n" }, []],
  [
    "er/reload-missing",
    "said to be left alone",
    {
      [releaseFile]: "ID=_any\nEXTENSION_RELOAD_MANAGER=0\n",
      "usr/lib/systemd/system/a.service.d/b.conf": "[Service]\nNice=1\n",
    },
    [],
  ],
  [
    "er/multiple-files",
    "none of them has the name",
    { [`${releaseFile}2`]: "ID=_any\n", [`${releaseFile}3`]: "ID=_any\n" },
    [],
  ],
  [
    "er/strict-false-hazard",
    "no reload is asked for",
    { [`${releaseFile}2`]: relaxed("ID=_any\nEXTENSION_RELOAD_MANAGER=0\n") },
    [],
    { image: true },
  ],
  ["er/strict-xattr-lost", "an image has kept it", { [`${releaseFile}2`]: relaxed("ID=_any\n") }, [], { image: true }],
  [
    "er/strict-xattr-lost",
    "newer hosts need no attribute for what stands before a version",
    { "sysext.json": '{ "name": "demo_1" }', [releaseFile]: relaxed("ID=_any\n") },
    [],
  ],
  [
    "er/strict-xattr-lost",
    "older hosts do",
    { "sysext.json": '{ "name": "demo_1" }', [releaseFile]: relaxed("ID=_any\n") },
    [`warning ${releaseFile}`],
    { systemd: 254 },
  ],
  ["er/level-needs-host-level", "systems that nobody knows", { [releaseFile]: "ID=homeos\nSYSEXT_LEVEL=1\n" }, []],
  ["er/rolling-host", "another host", { [releaseFile]: "ID=arch\n" }, [], { hosts: ["debian-13"] }],
  [
    "er/azure-sysext-id",
    "two extensions of one id",
    { [releaseFile]: "ID=azurelinux\nVERSION_ID=3.0\nSYSEXT_ID=a\n" },
    [`warning ${releaseFile}`],
    { hosts: ["azurelinux-3"], others: { b: { [releaseFile]: "ID=azurelinux\nVERSION_ID=3.0\nSYSEXT_ID=a\n" } } },
  ],
  [
    "name/version-bad-char",
    "a sign that newer updates take",
    { "sysext.json": '{ "version": "1.0~rc1" }' },
    ["info sysext.json"],
    { systemd: 257 },
  ],
  [
    "name/version-bad-char",
    "written with an escape",
    { "sysext.json": '{ "version": "5\\u003a1" }' },
    ["error sysext.json"],
  ],
  [
    "name/foreign-arch",
    "an update of something else",
    {
      "usr/lib/extension-release.d/extension-release.demo-amd64": "ID=_any\n",
      "sysext.json": '{ "name": "demo-amd64" }',
      "usr/lib/sysupdate.other.d/a.transfer": "[Source]\nMatchPattern=other-@v-%a.raw\n",
    },
    [],
  ],
  [
    "name/version-in-image-name",
    "newer hosts drop what comes after an underscore",
    { "usr/lib/sysupdate.demo.d/a.transfer": "[Target]\nPath=/var/lib/extensions\nMatchPattern=demo_@v.raw\n" },
    [],
  ],
];

holdTo(cases);

test("the one program that a link into /etc/alternatives is meant for is put into its place", async () => {
  const link = { "usr/bin/nc": { target: "/etc/alternatives/nc" } };
  const fixesWith = async (more: ExampleTree) => {
    const [found] = await treeFindings("tree/alternatives-symlink", { ...link, ...more });
    return found?.fixes.map(({ changes }) => changes);
  };
  const remove = { kind: "remove", path: "usr/bin/nc" };
  assert.deepEqual(await fixesWith({ "usr/bin/nc.openbsd": x86 }), [
    [remove, { kind: "rename", from: "usr/bin/nc.openbsd", to: "usr/bin/nc" }],
  ]);
  assert.deepEqual(await fixesWith({ "usr/bin/nc.openbsd": x86, "usr/bin/nc.traditional": x86 }), [[remove]]);
});
