// Completion in unit files; `$0` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unitCaret } from "../../../../../test/support/unit-caret.ts";
import type { Completion } from "../completion.ts";
import { completeUnit } from "./complete.ts";
import type { UnitFeatureContext } from "./context.ts";

type Around = Partial<UnitFeatureContext>;

async function offered(marked: string, name?: string, around?: Around): Promise<readonly Completion[]> {
  const { file, offset, context } = unitCaret(marked, name, around);
  return completeUnit(file, offset, context);
}

async function labels(marked: string, name?: string, around?: Around): Promise<string[]> {
  return (await offered(marked, name, around)).map(({ label }) => label);
}

/** The text after the completion with this label was taken. */
async function taken(marked: string, label: string, name?: string, around?: Around): Promise<string> {
  const { text } = unitCaret(marked);
  const found = (await offered(marked, name, around)).find((completion) => completion.label === label);
  assert.ok(found, `"${label}" is not offered`);
  return text.slice(0, found.span.start) + found.text + text.slice(found.span.end);
}

/** Checks where a completion puts what was taken; what is before and after has `$0` between. */
function takes(label: string, before: string, after: string, name?: string, around?: Around): void {
  test(`"${label}" is put in ${JSON.stringify(before)}`, async () => {
    assert.equal(await taken(before, label, name, around), after);
  });
}

takes("[Service]", "[Unit]\n[$0\n", "[Unit]\n[Service]\n");
takes("[Service]", "[Unit]\n[Ser$0]\nType=exec\n", "[Unit]\n[Service]\nType=exec\n");
takes("[Install]", "[Unit]\n\n$0", "[Unit]\n\n[Install]");
takes("Type", "[Service]\n$0", "[Service]\nType=");
takes("Type", "[Service]\nTy$0\n", "[Service]\nType=\n");
takes("Type", "[Service]\nTy$0=exec\n", "[Service]\nType=exec\n");
takes("Type", "[Service]\nTy$0  = exec\n", "[Service]\nType  = exec\n");
takes("Type", "[Service]\n\n$0\nRestart=no\n", "[Service]\n\nType=\nRestart=no\n");
takes("oneshot", "[Service]\nType=$0", "[Service]\nType=oneshot");
takes("oneshot", "[Service]\nType= $0\n", "[Service]\nType= oneshot\n");
takes("oneshot", "[Service]\nType=$0exec\n", "[Service]\nType=oneshot\n");
takes("oneshot", "[Service]\r\nType=on$0\r\n", "[Service]\r\nType=oneshot\r\n");
takes("oneshot", "\ufeff[Service]\nType=\\\n  on$0\n", "\ufeff[Service]\nType=\\\n  oneshot\n");
takes("yes", "[Service]\nDescription=ä𝄞\nPrivateDevices=y$0\n", "[Service]\nDescription=ä𝄞\nPrivateDevices=yes\n");
takes(
  "network.target",
  "[Unit]\nAfter=a.service net$0 b.service\n",
  "[Unit]\nAfter=a.service network.target b.service\n",
);
takes("network.target", "[Unit]\nAfter=a.service $0\n", "[Unit]\nAfter=a.service network.target\n");
takes("network.target", "[Unit]\nAfter=$0 a.service\n", "[Unit]\nAfter=network.target a.service\n");
takes("network.target", "[Unit]\nAfter=a.service \\\n  n$0", "[Unit]\nAfter=a.service \\\n  network.target");
takes("network.target", "[Unit]\nAfter=a.service \\\n$0", "[Unit]\nAfter=a.service \\\nnetwork.target");
takes(
  "network.target",
  "[Unit]\nAfter=a.service \\\n# one more\n; two more\n$0",
  "[Unit]\nAfter=a.service \\\n# one more\n; two more\nnetwork.target",
);
takes(
  "CAP_SYS_ADMIN",
  '[Service]\nCapabilityBoundingSet="CAP_CHOWN" "CAP_$0"\n',
  '[Service]\nCapabilityBoundingSet="CAP_CHOWN" "CAP_SYS_ADMIN"\n',
);
takes("min", "[Service]\nRestartSec=5$0\n", "[Service]\nRestartSec=5min\n");
takes("daily", "[Timer]\nOnCalendar=$0", "[Timer]\nOnCalendar=daily", "demo.timer");
takes("%H", "[Service]\nExecStart=/bin/a --host=%$0 x\n", "[Service]\nExecStart=/bin/a --host=%H x\n");

test("settings come with those of the section first, old ones last, and single ones that are there behind", async () => {
  const found = await offered("[Service]\nType=exec\nExecStart=/bin/a\n$0\n[Install]\n");
  const at = (name: string) => found.findIndex(({ label }) => label === name);
  assert.ok(at("Restart") < at("Type"));
  assert.ok(at("ExecStart") < at("Type"), "what adds up may come again");
  assert.ok(at("Type") < at("StartLimitInterval"));
  assert.equal(found[at("StartLimitInterval")]?.deprecated, true);
  assert.equal(found[at("Restart")]?.deprecated, undefined);
  assert.equal(at("Wants"), -1);
  assert.equal(at("OnCalendar"), -1);
});

test("settings that are newer than the target come behind those that it knows, and say so", async () => {
  const found = await offered("[Service]\n$0", "demo.service", { systemd: 240 });
  const exitType = found.findIndex(({ label }) => label === "ExitType");
  assert.ok(exitType > found.findIndex(({ label }) => label === "PrivateDevices"));
  assert.match(found[exitType]?.detail ?? "", /since systemd 250/);
});

test("each type of unit gets its own sections and settings", async () => {
  assert.deepEqual(await labels("[$0", "demo.timer"), ["[Unit]", "[Timer]", "[Install]"]);
  assert.deepEqual(await labels("[Unit]\n[$0", "demo.service.d/10-x.conf"), ["[Service]", "[Install]", "[Unit]"]);
  assert.ok((await labels("[Timer]\n$0", "demo.timer")).includes("OnCalendar"));
  assert.deepEqual(await labels("[Timer]\nO$0", "demo.service"), []);
  assert.deepEqual(await labels("[X-Mine]\nO$0", "demo.service"), []);
});

test("a setting with known values asks for them at once", async () => {
  const found = await offered("[Service]\n$0");
  const continues = (name: string) => found.find(({ label }) => label === name)?.continues;
  assert.equal(continues("Type"), true);
  assert.equal(continues("SyslogIdentifier"), false);
});

test("an empty file is offered a whole unit of its type", async () => {
  for (const type of ["service", "socket", "timer", "path", "mount", "slice", "target"]) {
    const snippets = (await offered("# mine\n\n$0", `demo.${type}`)).filter(({ kind }) => kind === "snippet");
    assert.ok(snippets.length > 0, type);
    for (const { snippet, text, label } of snippets) {
      assert.equal(snippet, true);
      assert.ok(label.includes(type));
      assert.ok(text.endsWith("\n$0"));
    }
  }
  const [dropIn] = await offered("$0", "demo.timer.d/x.conf");
  assert.equal(dropIn?.label, "drop-in");
  assert.match(dropIn?.text ?? "", /^\[Timer\]\nOnCalendar=\n/);
  assert.ok(!(await labels("[Unit]\n$0")).includes("service"));
});

for (const [where, marked] of [
  ["a comment", "[Service]\n# Type=$0\n"],
  ["a comment with a semicolon", "[Service]\n; Ty$0\n"],
  ["a comment between the parts of a value", "[Unit]\nAfter=a.service \\\n# net$0\n  b.service\n"],
  ["a comment after the last part", "[Unit]\nAfter=a.service \\\n# net$0"],
  ["the place behind a backslash", "[Unit]\nAfter=a.service \\$0\n  b.service\n"],
  ["free text", "[Unit]\nDescription=$0\n"],
  ["the value of a setting that nobody knows", "[Service]\nUnknown=$0\n"],
  ["a value that another tool writes", "[Service]\nType={{ ty$0 }}\n"],
  ["a second word of a line without an equals sign", "[Service]\nType one$0\n"],
] as const) {
  test(`nothing is offered in ${where}`, async () => assert.deepEqual(await labels(marked), []));
}

test("words of a list that are there are not offered again", async () => {
  const found = await labels("[Unit]\nAfter=network.target $0\n", "demo.service", { unitNames: ["network.target"] });
  assert.ok(!found.includes("network.target"));
  assert.ok((await labels("[Unit]\nAfter=network.t$0arget\n")).includes("network.target"));
});

const unitNames = ["web.service", "web.socket", "job@.service", "demo.service"];

test("units of the tree are offered, of the types that the setting takes, and not the unit itself", async () => {
  const all = await labels("[Unit]\nWants=$0\n", "demo.service", { unitNames });
  assert.deepEqual(all.slice(0, 3), ["web.service", "web.socket", "job@.service"]);
  assert.ok(!all.includes("demo.service"));
  const sockets = await labels("[Service]\nSockets=$0\n", "demo.service", { unitNames });
  assert.ok(sockets.includes("web.socket") && !sockets.includes("web.service"));
});

test("units are offered with what they say of themselves", async () => {
  const [web] = await offered("[Unit]\nWants=web$0\n", "demo.service", { unitNames, describeUnit: () => "Web server" });
  assert.equal(web?.detail, "Web server");
  assert.equal(web?.kind, "unit");
});

test("a template asks for its instance, which templates pass on", async () => {
  const around = { unitNames };
  const plain = await taken("[Unit]\nWants=$0", "job@.service", "demo.service", around);
  assert.equal(plain, "[Unit]\nWants=job@$" + "{1:instance}.service");
  const passed = await taken("[Unit]\nWants=$0", "job@.service", "demo@.service", around);
  assert.equal(passed, "[Unit]\nWants=job@$" + "{1:%i}.service");
});

test("signs of a template's name that snippets have a meaning for stand for themselves", async () => {
  const text = await taken("[Unit]\nWants=$0", "a\\x2db@.service", "demo.service", { unitNames: ["a\\x2db@.service"] });
  assert.equal(text, "[Unit]\nWants=a\\\\x2db@$" + "{1:instance}.service");
});

test("a long name of a variable is still one", async () => {
  const name = "A".repeat(290);
  const text = `[Service]\nEnvironment=${name}=x\nExecStart=/bin/a $${name.slice(1)}$0\n`;
  assert.ok((await labels(text)).includes(`$${name}`));
});

const folders: Readonly<Record<string, readonly { name: string; type: string }[]>> = {
  usr: [
    { name: "bin", type: "directory" },
    { name: "lib", type: "directory" },
  ],
  "usr/bin": [
    { name: "web", type: "file" },
    { name: "helpers", type: "directory" },
  ],
};
const list: UnitFeatureContext["list"] = async (folder) => {
  const found = folders[folder];
  if (found === undefined) throw new Error(`there is no "${folder}"`);
  return found;
};

test("paths of the tree are offered folder by folder", async () => {
  const around = { list };
  assert.deepEqual(await labels("[Service]\nExecStart=/$0\n", "demo.service", around), ["usr", "opt", "etc"]);
  assert.deepEqual(await labels("[Service]\nExecStart=/usr/b$0\n", "demo.service", around), ["bin", "lib"]);
  assert.equal(
    await taken("[Service]\nExecStart=/usr/$0\n", "bin", "demo.service", around),
    "[Service]\nExecStart=/usr/bin/\n",
  );
  assert.equal(
    await taken("[Service]\nExecStart=-/bin/w$0 --now\n", "web", "demo.service", around),
    "[Service]\nExecStart=-/bin/web --now\n",
  );
  assert.equal(
    await taken("[Service]\nReadWritePaths=/run -/u$0/bin\n", "usr", "demo.service", around),
    "[Service]\nReadWritePaths=/run -/usr/bin\n",
  );
  assert.equal(
    await taken('[Service]\nReadWritePaths="/run" "-/usr/b$0"\n', "bin", "demo.service", around),
    '[Service]\nReadWritePaths="/run" "-/usr/bin/"\n',
  );
  assert.deepEqual(await labels("[Service]\nExecStart=/usr/share/$0\n", "demo.service", around), []);
  assert.deepEqual(await labels("[Service]\nExecStart=/var/$0\n", "demo.service", around), []);
});

test("programs of the tree are offered with their whole path", async () => {
  assert.equal(
    await taken("[Service]\nExecStart=$0\n", "/usr/bin/web", "demo.service", { list }),
    "[Service]\nExecStart=/usr/bin/web\n",
  );
});

test("a specifier is offered with what it stands for here", async () => {
  const found = await offered("[Service]\nExecStart=/bin/a %$0\n", "web@a-b.service");
  const detail = (label: string) => found.find((completion) => completion.label === label)?.detail;
  assert.match(detail("%i") ?? "", /^"a-b" here/);
  assert.match(detail("%I") ?? "", /^"a\/b" here/);
  assert.match(detail("%S") ?? "", /^"\/var\/lib" here/);
  assert.doesNotMatch(detail("%H") ?? "", /here/);
  assert.deepEqual(await labels("[Unit]\nDescription=100%%$0\n"), []);
});

test("variables are offered behind a dollar sign, those of the file first", async () => {
  const file = '[Service]\nEnvironment=COLOR=red "NAME=a b"\n';
  assert.deepEqual((await labels(`${file}ExecStart=/bin/a $$0\n`)).slice(0, 2), ["$COLOR", "$NAME"]);
  assert.equal(
    await taken(`${file}ExecStart=/bin/a --c=$\{C$0} x\n`, "$" + "{COLOR}"),
    `${file}ExecStart=/bin/a --c=$\{COLOR} x\n`,
  );
  assert.ok((await labels("[Service]\nExecStop=/bin/kill $$0\n")).includes("$MAINPID"));
  assert.deepEqual(await labels("[Service]\nExecStart=:/bin/a $$0\n"), []);
  const inside = "$" + "{COLOR}";
  assert.equal(await taken(`${file}ExecStart=/bin/a "x $C$0"\n`, inside), `${file}ExecStart=/bin/a "x ${inside}"\n`);
  assert.ok(!(await labels("[Service]\nExecStart=/bin/a $$$0\n")).includes("$PATH"));
  assert.deepEqual(await labels("[Service]\nExecStart=/bin/a $HOME b$0\n"), []);
});

test("offers do not grow, however often they are asked for", async () => {
  const markeds = ["[Service]\n$0", "[Unit]\nAfter=$0", "[Service]\nType=$0", "[$0"];
  const count = async () => (await Promise.all(markeds.map((marked) => labels(marked)))).map(({ length }) => length);
  const before = await count();
  for (let round = 0; round < 250; round++) await count();
  assert.deepEqual(await count(), before);
});
