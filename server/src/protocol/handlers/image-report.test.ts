import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/index.ts";
import type { ImageReport } from "../../../../shared/src/image-requests.ts";
import { imageReportRequest } from "../../../../shared/src/image-requests.ts";
import { type Surroundings, startInProcess } from "../../../../test/support/server-in-process.ts";
import { imageRoot } from "../uris.ts";

const image = "file:///images/demo.raw";
const release = "usr/lib/extension-release.d/extension-release.demo";
const files = {
  [release]: "ID=_any\nARCHITECTURE=sparc\n",
  "usr/lib/systemd/system/b.service": "[Unit]\nDescription=B\n[Service]\nExecStart=/usr/bin/b\nType=wrong\n",
  "usr/lib/systemd/system/a.service": "[Service]\nExecStart=relative\nRestart=wrong\n",
};

function around(platform: Surroundings["platform"] = {}): Surroundings {
  return {
    platform: { folderTree: (uri) => (uri === imageRoot(image) ? memoryTree(files) : undefined), ...platform },
  };
}

test("an image is reported with its release file, verdicts, units and findings in order", async (t) => {
  const { client } = await startInProcess(t, {}, around());
  const report: ImageReport = await client.sendRequest(imageReportRequest, { uri: image });
  assert.equal(report.problem, undefined);
  assert.equal(report.name, "demo");
  assert.equal(report.class, "sysext");
  assert.deepEqual(report.releaseFiles, [{ path: release, text: files[release] }]);
  assert.equal(report.hostsNamed, false);
  assert.equal(report.verdicts.length, 5);
  assert.deepEqual(report.units.map(({ name, description }) => [name, description]).sort(), [
    ["a.service", undefined],
    ["b.service", "B"],
  ]);
  const places = report.findings.map(({ path, line = 0 }) => `${path} ${String(line).padStart(3, "0")}`);
  assert.deepEqual(places, places.toSorted());
  assert.ok(report.findings.some(({ path, line }) => path.endsWith("/b.service") && line === 5));
  assert.ok(report.findings.some(({ path, line }) => path.endsWith("/a.service") && line === 3));
});

test("an image that cannot be read is reported with the reason, and one that is not there not at all", async (t) => {
  const broken = {
    ...memoryTree({}),
    list: () => Promise.reject(new Error("it is not an image")),
  };
  const { client } = await startInProcess(
    t,
    {},
    around({ folderTree: (uri) => (uri === imageRoot(image) ? broken : undefined) }),
  );
  const report: ImageReport = await client.sendRequest(imageReportRequest, { uri: image });
  assert.equal(report.problem, "it is not an image");
  assert.deepEqual(report.findings, []);
  assert.equal(report.name, undefined);
  assert.equal(await client.sendRequest(imageReportRequest, { uri: "file:///other.raw" }), null);
  assert.equal(await client.sendRequest(imageReportRequest, { uri: 7 }), null);
});

test("an image without a release file has no name of an extension", async (t) => {
  const bare = memoryTree({ "usr/bin/a": "" });
  const { client } = await startInProcess(t, {}, around({ folderTree: () => bare }));
  const report: ImageReport = await client.sendRequest(imageReportRequest, { uri: image });
  assert.equal(report.name, undefined);
  assert.equal(report.class, undefined);
  assert.deepEqual(report.releaseFiles, []);
});
