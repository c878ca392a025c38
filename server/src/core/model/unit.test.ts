// What a unit's assignments come to, with drop-ins and with values that take others back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readUnit, type UnitSource } from "./unit.ts";
import { parseUnitFile } from "./unit-file.ts";
import { parseUnitName } from "./unit-name.ts";

function unitOf(unitName: string, main: string, ...dropIns: readonly string[]) {
  const name = parseUnitName(unitName);
  assert.ok(name);
  const sourceOf = (text: string, path: string): UnitSource => ({ path, file: parseUnitFile(text, undefined) });
  return readUnit({
    name,
    main: sourceOf(main, unitName),
    dropIns: dropIns.map((text, index) => sourceOf(text, `${unitName}.d/${index}.conf`)),
  });
}

function valuesOf(reader: ReturnType<typeof unitOf>, section: string, setting: string): string[] {
  return reader.all(section, setting).map(({ entry }) => entry.node.value.text);
}

test("drop-ins add to a list, and an empty value takes back what was before it", () => {
  const reader = unitOf("a.service", "[Service]\nExecStart=/a\n", "[Service]\nExecStart=\nExecStart=/b\n");
  assert.deepEqual(valuesOf(reader, "Service", "ExecStart"), ["/b"]);
});

test("an empty value takes nothing back of dependencies", () => {
  const reader = unitOf("a.service", "[Unit]\nAfter=b.service\n", "[Unit]\nAfter=\n");
  assert.deepEqual(valuesOf(reader, "Unit", "After"), ["b.service", ""]);
});

test("of settings that share a list an empty value of any takes back all before it, in other files as well", () => {
  const socket = unitOf(
    "a.socket",
    "[Socket]\nListenStream=/run/a\nListenDatagram=\nListenFIFO=/run/b\n",
    "[Socket]\nListenStream=/run/c\n",
  );
  assert.deepEqual(valuesOf(socket, "Socket", "ListenStream"), ["/run/c"]);
  assert.deepEqual(valuesOf(socket, "Socket", "ListenFIFO"), ["/run/b"]);
  const timer = unitOf("a.timer", "[Timer]\nOnCalendar=daily\nAccuracySec=1s\n", "[Timer]\nOnBootSec=\n");
  assert.deepEqual(valuesOf(timer, "Timer", "OnCalendar"), []);
  assert.deepEqual(valuesOf(timer, "Timer", "AccuracySec"), ["1s"]);
  const conditions = unitOf("a.service", "[Unit]\nConditionHost=a\nAssertHost=a\nConditionACPower=\n");
  assert.deepEqual(valuesOf(conditions, "Unit", "ConditionHost"), []);
  assert.deepEqual(valuesOf(conditions, "Unit", "AssertHost"), ["a"]);
});
