// What the repairs of units that nothing starts write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Around, findingsOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";
import type { Change } from "../../finding.ts";

const units = "usr/lib/systemd/system";
const release = "usr/lib/extension-release.d/extension-release.demo";
const service = "[Service]\nExecStart=/usr/bin/demo\n";

/** The texts that the repairs write, by their title and path; an edit is at its offset. */
async function repairs(files: ExampleTree, around: Around = {}): Promise<Record<string, Record<string, string>>> {
  const tree = { [`${units}/demo.service`]: service, ...files };
  const [finding] = await findingsOfCheck("unit/never-started", tree, around);
  return Object.fromEntries(
    (finding?.fixes ?? []).map(({ title, changes }) => [title, Object.fromEntries(changes.map(placeAndText))]),
  );
}

function placeAndText(change: Change): [string, string] {
  assert.ok(change.kind === "write" || change.kind === "edit");
  return change.kind === "write" ? [change.path, change.text] : [`at ${change.span.start}`, change.text];
}

const title = 'Start it with "multi-user.target"';
const newest = { systemd: 262 };

/** What becomes of the text of a release file. */
async function reloaded(text: string): Promise<string | undefined> {
  return (await repairs({ [release]: text }, newest))[title]?.[release];
}

test("the release file gets the key that makes hosts reload, in its own line ends", async () => {
  assert.equal(await reloaded("ID=_any\n"), "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n");
  assert.equal(await reloaded("ID=_any"), "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n");
  assert.equal(await reloaded("ID=_any\r\n"), "ID=_any\r\nEXTENSION_RELOAD_MANAGER=1\r\n");
  assert.equal(await reloaded(""), "EXTENSION_RELOAD_MANAGER=1\n");
});

test("a key that says no is turned, and one that says yes is left alone", async () => {
  assert.equal(await reloaded("EXTENSION_RELOAD_MANAGER=0\nID=_any\n"), "EXTENSION_RELOAD_MANAGER=1\nID=_any\n");
  assert.equal(await reloaded("ID=_any\nEXTENSION_RELOAD_MANAGER=true\n"), undefined);
});

test("a drop-in of the target starts the unit, under a name that is free", async () => {
  const dropIns = async (...taken: string[]) =>
    Object.keys(
      (await repairs(Object.fromEntries(taken.map((name) => [`${units}/multi-user.target.d/${name}`, ""])), newest))[
        title
      ] ?? {},
    );
  const at = (name: string) => `${units}/multi-user.target.d/${name}`;
  assert.ok((await dropIns()).includes(at("10-demo.conf")));
  assert.ok((await dropIns("10-demo.conf")).includes(at("10-demo-service.conf")));
  assert.ok((await dropIns("10-demo.conf", "10-demo-service.conf")).includes(at("20-demo-service.conf")));
});

test("hosts before 255 may get a service as well, and those before 249 have no Upholds=", async () => {
  const path = `${units}/multi-user.target.d/10-demo.conf`;
  const withService = `${title}, and add a service for the host that starts it after the merge`;
  const old = await repairs({}, { systemd: 248 });
  assert.deepEqual(Object.keys(old), [title, withService]);
  assert.deepEqual(old[title], { [path]: "[Unit]\nWants=demo.service\n" });
  assert.deepEqual(Object.keys(old[withService] ?? {}), [path, "host/etc/systemd/system/sysext-reload.service"]);
  assert.deepEqual((await repairs({}, { systemd: 249 }))[title], { [path]: "[Unit]\nUpholds=demo.service\n" });
  assert.deepEqual(Object.keys(await repairs({}, { systemd: 254 })), [title, withService]);
  assert.deepEqual(Object.keys(await repairs({}, { systemd: 255 })), [title]);
});

test("the target is the one that [Install] names, else that of the unit's type", async () => {
  const install = `${service}[Install]\nWantedBy=%i graphical.target\n`;
  assert.deepEqual(Object.keys(await repairs({ [`${units}/demo.service`]: install }, newest)), [
    'Start it with "graphical.target"',
  ]);
  const socket = { [`${units}/demo.socket`]: "[Socket]\nListenStream=/run/demo\n" };
  assert.deepEqual(Object.keys(await repairs(socket, newest)), ['Start it with "sockets.target"']);
  const timer = { [`${units}/demo.timer`]: "[Timer]\nOnCalendar=daily\n" };
  assert.deepEqual(Object.keys(await repairs(timer, newest)), ['Start it with "timers.target"']);
});

test("a oneshot service remains after its end, unless it says something about that", async () => {
  const path = `${units}/demo.service`;
  const written = async (text: string) => (await repairs({ [path]: text }, newest))[title] ?? {};
  const oneshot = `${service}Type=oneshot`;
  const end = `at ${oneshot.length}`;
  assert.equal((await written(oneshot))[end], "\nRemainAfterExit=yes\n");
  assert.equal((await written(`${oneshot}\n`))[`at ${oneshot.length + 1}`], "RemainAfterExit=yes\n");
  for (const text of [`${oneshot}\nRemainAfterExit=no\n`, `${service}Type=simple\n`]) {
    assert.ok(
      Object.keys(await written(text)).every((place) => !place.startsWith("at ")),
      text,
    );
  }
});
