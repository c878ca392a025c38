import assert from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../tables/host.ts";
import type { ExtensionImage } from "./judge.ts";
import { matchHosts } from "./match-hosts.ts";

const host = (architectures: readonly string[], systemd?: number): Host => ({
  name: "host",
  title: "Host",
  release: { id: "debian", idLike: [], versionId: "13" },
  architectures,
  ...(systemd === undefined ? {} : { systemd }),
});

const image = (text: string, more: Partial<ExtensionImage> = {}): ExtensionImage => ({
  fileName: "demo.raw",
  kind: "file",
  releases: { sysext: [{ suffix: "demo", text }], confext: [] },
  hasOsRelease: false,
  ...more,
});

const verdictOf = (extension: ExtensionImage, on: Host, overrides = {}) => {
  const [verdict] = matchHosts(extension, "sysext", [on], overrides);
  assert.ok(verdict);
  return [verdict.judgement.verdict, verdict.architecture, verdict.systemd];
};

const arm = image("ID=_any\nARCHITECTURE=arm64\n");

test("of a host's architectures the one counts that the extension is for, else the first", () => {
  assert.deepEqual(verdictOf(arm, host(["x86-64", "arm64"], 257)), ["match", "arm64", 257]);
  assert.deepEqual(verdictOf(arm, host(["x86-64", "s390x"], 257)), ["reject", "x86-64", 257]);
  assert.deepEqual(verdictOf(arm, host([], 257)), ["match", undefined, 257]);
});

test("what the user asks for goes before what the host has", () => {
  assert.deepEqual(verdictOf(arm, host(["arm64"], 257), { architecture: "x86-64" }), ["reject", "x86-64", 257]);
  assert.deepEqual(verdictOf(arm, host(["arm64"], 257), { systemd: 251 }), ["reject", "arm64", 251]);
  assert.deepEqual(verdictOf(arm, host(["arm64"], 257), { scope: "initrd" }), ["reject", "arm64", 257]);
});

test("an image that systemd cannot take keeps it from merging any", () => {
  const on = host([], 257);
  assert.deepEqual(verdictOf(image("ID=_any\n", { damage: "it is damaged" }), on)[0], "error");
  assert.deepEqual(verdictOf(image("ID=_any\n", { fileName: "other.raw" }), on)[0], "error");
  assert.deepEqual(verdictOf(image("ID=_any\n", { fileName: "other", kind: "directory" }), on)[0], "reject");
  assert.deepEqual(verdictOf(image("ID=_any\n", { hasOsRelease: true }), on)[0], "reject");
  const folder = { fileName: "demo", kind: "directory" } as const;
  assert.deepEqual(verdictOf(image("ID=_any\n", { ...folder, hasOsRelease: true }), on)[0], "error");
  assert.deepEqual(verdictOf(image("ID=_any\n", { fileName: "demo.img" }), on)[0], "ignored");
});

test("a name with a sign of the mount options breaks them up to systemd 252", () => {
  const named: ExtensionImage = {
    ...image(""),
    fileName: "a,b.raw",
    releases: { sysext: [{ suffix: "a,b", text: "ID=_any\n" }], confext: [] },
  };
  assert.equal(verdictOf(named, host([], 252))[0], "error");
  assert.equal(verdictOf(named, host([], 253))[0], "match");
});
