// Transfers in their sets, by the folders that they are in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setsOf } from "./sets-of-files.ts";

const file = (path: string, text = "") => ({ file: path, path, text });

test("folders of one name are one set, wherever they are", () => {
  const sets = setsOf([
    file("/w/usr/lib/sysupdate.b.d/x.transfer"),
    file("/w/etc/sysupdate.d/y.conf"),
    file("/w/host/etc/sysupdate.b.d/z.conf", "[Target]\nCurrentSymlink = /var/lib/confexts/z.raw\n"),
  ]);
  assert.deepEqual(sets, [
    { files: ["/w/etc/sysupdate.d/y.conf"], classes: ["sysext"] },
    {
      component: "b",
      files: ["/w/usr/lib/sysupdate.b.d/x.transfer", "/w/host/etc/sysupdate.b.d/z.conf"],
      classes: ["sysext", "confext"],
    },
  ]);
});
