// New transfers before our own checks: whoever lets them be written has nothing to repair.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../../image/src/tree/memory-tree.ts";
import { checkTreeUpdates } from "../../checks/transfer/check-updates.ts";
import { readTreeUpdates } from "../../model/read-update-set.ts";
import type { KnownExtension } from "../../model/update-context.ts";
import { type NewTransfer, newTransfer } from "./new-transfer.ts";

/** What the checks say of a transfer for the extension, which is known around it. */
async function findings(extension: KnownExtension, wanted: Partial<NewTransfer> = {}): Promise<string[]> {
  const systemd = wanted.systemd ?? 257;
  const address = `https://example.com/${extension.name}/`;
  const made = newTransfer({ extension, address, verify: true, set: "component", systemd, ...wanted });
  if ("fault" in made) assert.fail(made.fault);
  const files = Object.fromEntries(made.map(({ path, text }) => [path, text]));
  const updates = await readTreeUpdates(memoryTree(files));
  assert.equal(updates.files.length, 1);
  return (
    checkTreeUpdates(updates, { systemd, extensions: [extension] })
      // This one is about the host's service, for which "Refresh Extensions After an Update" writes a drop-in.
      .filter(({ check }) => check !== "transfer/noop-default")
      .map(({ check, message }) => `${check}: ${message}`)
  );
}

const releases: readonly Readonly<Record<string, string>>[] = [
  { ID: "_any" },
  { ID: "_any", ARCHITECTURE: "x86-64" },
  { ID: "fedora", VERSION_ID: "44" },
  { ID: "fedora", VERSION_ID: "44", ARCHITECTURE: "arm64" },
  { ID: "flatcar", SYSEXT_LEVEL: "1.0", ARCHITECTURE: "x86-64" },
];

test("no check says anything of a new transfer, whatever the extension is bound to", async () => {
  for (const fields of releases) {
    for (const sort of ["sysext", "confext"] as const) {
      for (const systemd of [254, 256, 257, 258, 262]) {
        for (const set of ["component", "system"] as const) {
          const extension = { name: "demo", class: sort, release: new Map(Object.entries(fields)), own: true };
          assert.deepEqual(
            await findings(extension, { systemd, set }),
            [],
            JSON.stringify({ fields, sort, systemd, set }),
          );
        }
      }
    }
  }
});

test("nor of one for an odd name", async () => {
  for (const name of ["a@b", "x.y_z-2", "g++", "100%"]) {
    const extension = { name, class: "sysext", release: new Map([["ID", "_any"]]), own: true } as const;
    const set = name === "100%" ? "system" : "component";
    assert.deepEqual(await findings(extension, { address: "https://example.com/x/", set }), [], name);
  }
});

test("only what the user chose is told", async () => {
  const extension = { name: "demo", class: "sysext", release: new Map([["ID", "_any"]]), own: true } as const;
  const [only, ...others] = await findings(extension, { verify: false });
  assert.match(only ?? "", /^transfer\/verify-off:/);
  assert.deepEqual(others, []);
});
