// Manifests of updates: systemd-sysupdate refuses those in which we see a fault, and takes the others.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { parseManifest } from "../../server/src/core/index.ts";
import { canUpdate, updateMachine } from "../support/sysupdate.ts";

const transfer = `[Transfer]
Verify=no

[Source]
Type=url-file
Path=file:///srv/updates
MatchPattern=app_@v.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d
MatchPattern=app_@v.raw
`;

/** That of Debian 13. */
const systemd = 257;

const sum = createHash("sha256").update("app").digest("hex");
const good = `${sum}  app_3.raw\n`;

const manifests: readonly string[] = [
  good,
  `${sum} *app_3.raw\n`,
  `${sum.toUpperCase()}  app_3.raw\n`,
  `${good}${good}`,
  `${good}${sum.replace(/^./, "0")}  app_3.raw\n`,
  `${good}${sum}  BEST-BEFORE-2001-01-01\n`,
  ...["a", " a", "a b", "a%20b", "a\\nb", "a\u0085b", "é", "...", "..a", "x".repeat(255), "\u{1f4e6}"].map(
    (name) => `${sum}  ${name}\n${good}`,
  ),
  ...["sub/a", "a/", "/a", "./a", "..", "a//b", "a\tb", "a\x7fb", "a\0b", "a\ufffeb", "x".repeat(256)].map(
    (name) => `${sum}  ${name}\n${good}`,
  ),
  `${sum}  app_3.raw\r\n`,
  `${sum}  app_3.raw`,
  `${good}\n`,
  `# sums\n${good}`,
  `\ufeff${good}`,
  `\\${sum}  a\\nb\n${good}`,
  `${sum.slice(1)}  a\n${good}`,
  `${sum.slice(2)}    app_3.raw\n`,
  `${sum}  \n${good}`,
  `${sum} app_3.raw\n`,
  `${sum}\t app_3.raw\n`,
  `SHA256 (app_3.raw) = ${sum}\n`,
];

test("systemd-sysupdate refuses the manifests in which we see a fault, and no others", async (t) => {
  if (!canUpdate(t)) return;
  const machine = updateMachine(t, {
    "etc/sysupdate.d/app.transfer": transfer,
    "var/lib/extensions.d": { folder: true },
  });
  const differ: string[] = [];
  for (const manifest of manifests) {
    machine.write({ "srv/updates/SHA256SUMS": manifest });
    const { status, log } = await machine.run("list");
    const taken = parseManifest(manifest, systemd).faults.length === 0;
    // It ends itself by a signal for a checksum that is short of an even number of digits.
    if ((status === 0) !== taken) differ.push(`${JSON.stringify(manifest)}: ${status}\n${log}`);
  }
  assert.deepEqual(differ, []);
});
