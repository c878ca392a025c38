// The hosts of a quick pick: this machine, the known hosts, and paths that the user has named.
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../test/support/fake-vscode/editor.ts";

const { hostItems } = await import("./host-items.ts");

test("known hosts and named paths are offered, and those that were chosen are picked", () => {
  const known = [
    { name: "debian-13", title: "Debian 13", systemd: 257, known: "2026-01-01" },
    { name: "flatcar", title: "Flatcar" },
  ];
  const items = hostItems(known, ["debian-13", "/etc/os-release"]);
  assert.deepEqual(
    items.map(({ name, label, description, detail, picked }) => [name, label, description, detail, picked]),
    [
      ["this-machine", "This machine", "this-machine", undefined, false],
      ["debian-13", "Debian 13", "debian-13, systemd 257", "as it was known on 2026-01-01", true],
      ["flatcar", "Flatcar", "flatcar", undefined, false],
      ["/etc/os-release", "/etc/os-release", undefined, undefined, true],
    ],
  );
});
