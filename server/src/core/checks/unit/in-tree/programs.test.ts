// Commands whose programs are elsewhere, missing, or named by old paths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Around, findingsOfCheck, placesOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";
import { startedDemo } from "./example-trees.ts";

const program = { mode: 0o755 } as const;

function run(commands: string, files: ExampleTree = {}): ExampleTree {
  return { ...startedDemo(`[Service]\n${commands}\n`), ...files };
}

async function fixOf(check: string, files: ExampleTree, around: Around = {}): Promise<string | undefined> {
  const [finding] = await findingsOfCheck(check, files, around);
  const [change] = finding?.fixes[0]?.changes ?? [];
  return finding === undefined ? "no finding" : change?.kind === "edit" ? change.text : undefined;
}

test("a program in another folder is found there", async () => {
  const check = "unit/exec-elsewhere";
  const tool = { "usr/bin/tool": program };
  assert.equal(await fixOf(check, run("ExecStart=/usr/local/bin/tool", tool)), "/usr/bin/tool");
  assert.equal(
    await fixOf(check, run("ExecStart=/lib/demo/tool", { "usr/libexec/tool": program })),
    "/usr/libexec/tool",
  );
  assert.equal(await fixOf(check, run("ExecStart=@/opt/tool x", tool)), "/usr/bin/tool");
  assert.equal(await fixOf(check, run("ExecStart=/bin/tool", { "usr/sbin/tool": program })), "/usr/sbin/tool");
  const two = { ...tool, "usr/libexec/tool": program };
  assert.equal(await fixOf(check, run("ExecStart=/usr/local/bin/tool", two)), undefined);
});

test("a program is not said to be elsewhere where it may be in its place", async () => {
  const check = "unit/exec-elsewhere";
  const near: Readonly<Record<string, ExampleTree>> = {
    "it is there, over a symlink of every host": run("ExecStart=/bin/tool", { "usr/bin/tool": program }),
    "it is there, over a symlink of the tree": run("ExecStart=/usr/lib/demo/tool", {
      "usr/bin/tool": program,
      "usr/lib/demo": { target: "../bin" },
    }),
    "the symlink leads out of the tree": run("ExecStart=/usr/lib/demo/tool", {
      "usr/bin/tool": program,
      "usr/lib/demo": { target: "/var/lib/demo" },
    }),
    "it is made later": run("ExecStart=/usr/lib/demo/tool", {
      "usr/bin/tool": program,
      "sysext.json": '{ "generated": ["usr/lib/demo/**"] }',
    }),
    "hosts have it": run("ExecStart=/usr/bin/python3 -m demo", { "opt/demo/bin/python3": program }),
    "it may be missing": run("ExecStartPre=-/usr/libexec/tool\nExecStart=/usr/bin/tool", { "usr/bin/tool": program }),
    "it is looked up by its name": run("ExecStart=tool", { "usr/bin/tool": program }),
    "it has a specifier": run("ExecStart=/usr/libexec/%p/tool", { "usr/bin/tool": program }),
    "it is in another root": run("RootDirectory=/srv\nExecStart=/usr/libexec/tool", { "usr/bin/tool": program }),
    "it was taken back": run("ExecStart=/usr/libexec/tool\nExecStart=\nExecStart=/usr/bin/tool", {
      "usr/bin/tool": program,
    }),
    "it is in /etc": run("ExecStart=/etc/demo/tool", { "usr/bin/tool": program }),
    "another one is no program": run("ExecStart=/usr/bin/tool", { "usr/share/tool": "" }),
    "the unit waits for it": {
      ...startedDemo("[Unit]\nConditionPathExists=/opt/tool\n[Service]\nExecStart=/opt/tool\n"),
      "usr/bin/tool": program,
    },
  };
  for (const [reason, files] of Object.entries(near)) {
    assert.deepEqual(await placesOfCheck(check, files), [], reason);
  }
});

test("/usr/sbin is /usr/bin, but for hosts that have both", async () => {
  const files = run("ExecStart=/usr/sbin/tool", { "usr/bin/tool": program });
  const elsewhere = async (around: Around) => (await placesOfCheck("unit/exec-elsewhere", files, around)).length;
  assert.equal(await elsewhere({}), 0);
  assert.equal(await elsewhere({ hosts: ["flatcar-stable"] }), 0);
  assert.equal(await elsewhere({ hosts: ["flatcar-stable", "flatcar-lts"] }), 1);
  assert.equal(await elsewhere({ base: ["usr/sbin@", "usr/bin/"] }), 0);
  assert.equal(await elsewhere({ base: ["usr/sbin/", "usr/bin/"] }), 1);
});

test("a program is missing only where the host is known and has none", async () => {
  const check = "unit/exec-missing";
  const files = run("ExecStartPre=/usr/sbin/prepare\nExecStart=/usr/bin/demo");
  assert.deepEqual(await placesOfCheck(check, files), []);
  assert.deepEqual(await placesOfCheck(check, files, { base: ["usr/bin/"] }), ["demo.service"]);
  for (const base of [["usr/sbin/prepare"], ["usr/sbin@", "usr/bin/prepare"], ["usr@"]]) {
    assert.deepEqual(await placesOfCheck(check, files, { base }), [], base.join(" "));
  }
  const others = { other: { "usr/sbin/prepare": program } };
  assert.deepEqual(await placesOfCheck(check, files, { base: ["usr/bin/"], others }), []);
  const made = { ...files, "sysext.json": '{ "generated": ["usr/sbin/prepare"] }' };
  assert.deepEqual(await placesOfCheck(check, made, { base: ["usr/bin/"] }), []);
});

test("old paths become the program's own, or its name", async () => {
  const check = "unit/exec-sbin";
  assert.equal(await fixOf(check, run("ExecStart=-/bin/sh -c true")), "/usr/bin/sh");
  assert.equal(await fixOf(check, run("ExecStart=/sbin/modprobe loop")), "modprobe");
  assert.equal(await fixOf(check, run("ExecStart=/usr/sbin/modprobe loop")), "modprobe");
  assert.equal(await fixOf(check, run("ExecStart=/usr/sbin/demo")), "/usr/bin/demo");
  assert.equal(await fixOf(check, run("ExecStart=/sbin/tool", { "usr/sbin/tool": program })), "/usr/sbin/tool");
  assert.equal(await fixOf(check, run("ExecStart=/usr/sbin/tool", { "usr/sbin/tool": program })), "no finding");
  assert.equal(await fixOf(check, run("ExecStart=/usr/bin/sh")), "no finding");
  assert.equal(await fixOf(check, run("ExecStart=/usr/sbin/demo"), { hosts: ["flatcar-lts"] }), "no finding");
});
