import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExtensionClass } from "../model/release-context.ts";
import { parseReleaseFile } from "../model/release-file.ts";
import type { HostRelease } from "../tables/host.ts";
import { type MatchQuestion, matchRelease } from "./match.ts";

const flatcar: HostRelease = { id: "flatcar", idLike: ["coreos"], versionId: "4459.2.1", sysextLevel: "1.0" };
const debian: HostRelease = { id: "debian", idLike: [], versionId: "13" };
const arch: HostRelease = { id: "arch", idLike: [] };

/** The verdict and the rule that decided, as `match id`. */
function decide(release: string | undefined, host: HostRelease, more: Partial<MatchQuestion> = {}): string {
  const { verdict, rule } = matchRelease({
    name: "demo",
    class: "sysext",
    release: release === undefined ? undefined : parseReleaseFile(release),
    host,
    scope: "system",
    systemd: 257,
    ...more,
  });
  return `${verdict} ${rule}`;
}

test("the ID is the host's or _any, which systemd knows since 252", () => {
  assert.equal(decide("ID=debian\nVERSION_ID=13\n", debian), "match version-id");
  assert.equal(decide("ID=Debian\nVERSION_ID=13\n", debian), "reject id");
  assert.equal(decide("VERSION_ID=13\n", debian), "reject id");
  assert.equal(decide("ID=_any\n", debian, { systemd: 252 }), "match id");
  assert.equal(decide("ID=_any\n", debian, { systemd: 251 }), "reject id");
});

test("what the host is like counts since systemd 258", () => {
  const release = "ID=coreos\nSYSEXT_LEVEL=1.0\n";
  assert.equal(decide(release, flatcar, { systemd: 257 }), "reject id");
  assert.equal(decide(release, flatcar, { systemd: 258 }), "match level");
  assert.equal(decide("ID=core\nSYSEXT_LEVEL=1.0\n", flatcar, { systemd: 258 }), "reject id");
});

test("levels are compared where both have one, else versions", () => {
  assert.equal(decide("ID=flatcar\nSYSEXT_LEVEL=1.0\nVERSION_ID=0\n", flatcar), "match level");
  assert.equal(decide("ID=flatcar\nSYSEXT_LEVEL=2.0\nVERSION_ID=4459.2.1\n", flatcar), "reject level");
  assert.equal(decide("ID=flatcar\nVERSION_ID=4459.2.1\n", flatcar), "match version-id");
  assert.equal(decide("ID=flatcar\nCONFEXT_LEVEL=1.0\n", flatcar), "reject version-id");
  assert.equal(decide("ID=debian\nSYSEXT_LEVEL=1.0\n", debian), "reject version-id");
  assert.equal(decide("ID=debian\nVERSION_ID=13.1\n", debian), "reject version-id");
  assert.equal(decide("ID=x\n", { id: "x", idLike: [], sysextLevel: "1" }), "match level");
});

test("a host without a version takes what has its ID", () => {
  assert.equal(decide("ID=arch\nVERSION_ID=1\n", arch), "match rolling");
  assert.equal(decide("ID=archlinux\n", arch), "reject id");
});

test("architectures are compared since systemd 252, where the kernel's is known", () => {
  const release = "ID=_any\nARCHITECTURE=arm64\n";
  assert.equal(decide(release, debian, { architecture: "x86-64" }), "reject architecture");
  assert.equal(decide(release, debian, { architecture: "arm64" }), "match id");
  assert.equal(decide("ID=_any\nARCHITECTURE=_any\n", debian, { architecture: "arm64" }), "match id");
  assert.equal(decide(release, debian), "match id");
  assert.equal(
    decide("ID=debian\nVERSION_ID=13\nARCHITECTURE=arm64\n", debian, { architecture: "x86-64", systemd: 251 }),
    "match version-id",
  );
});

test("the scope is that of the release file, else the system and portable services", () => {
  const scoped = (release: string, scope: MatchQuestion["scope"], systemd = 257) =>
    decide(`ID=_any\n${release}`, debian, { scope, systemd });
  assert.equal(scoped("", "system"), "match id");
  assert.equal(scoped("", "portable"), "match id");
  assert.equal(scoped("", "initrd"), "reject scope");
  assert.equal(scoped("SYSEXT_SCOPE=initrd\n", "initrd"), "match id");
  assert.equal(scoped("SYSEXT_SCOPE=initrd\n", "system"), "reject scope");
  assert.equal(scoped("CONFEXT_SCOPE=initrd\n", "system"), "match id");
  assert.equal(decide("ID=debian\nVERSION_ID=13\nSYSEXT_SCOPE=initrd\n", debian, { systemd: 250 }), "reject scope");
  assert.equal(decide("ID=debian\nVERSION_ID=13\nSYSEXT_SCOPE=initrd\n", debian, { systemd: 249 }), "match version-id");
});

test("confexts came with systemd 254, and have a level of their own", () => {
  const confext: { class: ExtensionClass } = { class: "confext" };
  assert.equal(decide("ID=_any\n", debian, { ...confext, systemd: 253 }), "reject class");
  assert.equal(decide("ID=_any\n", debian, { ...confext, systemd: 254 }), "match id");
  const host = { ...flatcar, confextLevel: "5" };
  assert.equal(decide("ID=flatcar\nCONFEXT_LEVEL=5\nSYSEXT_LEVEL=0\n", host, confext), "match level");
});

test("without an ID a host merges nothing since systemd 251", () => {
  const host: HostRelease = { idLike: [], versionId: "1" };
  assert.equal(decide("ID=_any\n", host, { systemd: 257 }), "error host-id");
  assert.equal(decide("ID=x\n", host, { systemd: 250 }), "reject id");
});

test("an extension needs a release file that says something", () => {
  assert.equal(decide(undefined, debian), "reject release-file");
  assert.equal(decide("# nothing\n", debian), "reject release-file");
});
