// What we publish and serve: a real systemd-sysupdate finds it, fetches it by our server, and takes what it got for right.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { createAtomicFile } from "../../image/src/node/index.ts";
import { publishFolder, type ServedRequest, serveFolder } from "../../updates/src/index.ts";
import { canUpdate, updateMachine } from "../support/sysupdate.ts";
import { tempFolder } from "../support/tools.ts";

// systemd looks for the marks of compressions first, and takes what is shorter than those for cut off.
const image = (version: string) => `version ${version}\n`.repeat(100);

test("a host updates from a folder that was published and is served", async (t) => {
  if (!canUpdate(t)) return;
  const folder = path.join(tempFolder(t), "images");
  mkdirSync(folder);
  for (const version of ["1", "2", "10"]) writeFileSync(path.join(folder, `app_${version}.raw`), image(version));
  await publishFolder({ folder, now: Date.now(), bestBefore: "2999-01-31", createFile: createAtomicFile });
  const log: ServedRequest[] = [];
  const server = await serveFolder(folder, { host: "127.0.0.1", port: 0, onRequest: (request) => log.push(request) });
  t.after(() => server.close());
  const machine = updateMachine(t, {
    "etc/sysupdate.d/app.transfer": `[Transfer]
Verify=no

[Source]
Type=url-file
Path=${server.address}
MatchPattern=app_@v.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d
MatchPattern=app_@v.raw
`,
    "var/lib/extensions.d": { folder: true },
  });
  assert.deepEqual((await machine.list()).all, ["10", "2", "1"]);
  const { status, log: said } = await machine.run("update");
  assert.equal(status, 0, said);
  assert.deepEqual(machine.files("var/lib/extensions.d"), { "app_10.raw": image("10") });
  const asked = new Set(log.map((request) => `${request.path} ${request.status}`));
  assert.deepEqual([...asked].sort(), ["/SHA256SUMS 200", "/app_10.raw 200"]);

  writeFileSync(path.join(folder, "app_11.raw"), image("11"));
  const wrong = await machine.run("update", "11");
  assert.notEqual(wrong.status, 0, "what is not published is not found");
});
