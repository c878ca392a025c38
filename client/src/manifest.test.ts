// package.json tells VS Code exactly what the code provides, in texts that are there, with settings that are complete.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { commands, imageScheme, languages, taskType, views, viewTypes } from "../../shared/src/ids.ts";
import { otherUnitLanguages, unitFilePatterns } from "./units/unit-patterns.ts";
import { featurePatterns, transferPatterns } from "./updates/update-patterns.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as Manifest;
const texts = JSON.parse(read("package.nls.json")) as Record<string, string>;
const { contributes } = manifest;
const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; submenu?: string }[]>>;
    readonly submenus: readonly { id: string }[];
    readonly keybindings: readonly { command: string }[];
    readonly languages: readonly Language[];
    readonly grammars: readonly { path: string }[];
    readonly jsonValidation: readonly { url: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { contents: string }[];
    readonly customEditors: readonly { viewType: string }[];
    readonly taskDefinitions: readonly { type: string }[];
    readonly problemMatchers: readonly { pattern: { regexp: string } }[];
    readonly configuration: readonly { properties: Readonly<Record<string, Setting>> }[];
  };
}

interface Language {
  readonly id: string;
  readonly configuration: string;
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
  readonly filenamePatterns?: readonly string[];
}

interface Setting {
  readonly scope?: string;
  readonly order?: number;
  readonly default?: unknown;
  readonly markdownDescription?: string;
}

test("the manifest's commands are those of the code", () => {
  const declared = contributes.commands.map(({ command }) => command);
  assert.deepEqual(declared.sort(), Object.values(commands).sort());
  for (const { category } of contributes.commands) assert.equal(category, "Sysext");
});

test("menus, keys and welcome texts name only commands that are there", () => {
  const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const inMenus = entries.flatMap((entry) => entry.command ?? []);
  const inTexts = [...JSON.stringify(texts).matchAll(/command:([\w.]+)/g)].map(([, command]) => command);
  const known: readonly (string | undefined)[] = Object.values(commands);
  for (const command of [...inMenus, ...inTexts]) assert.ok(known.includes(command), command);
  const submenus = contributes.submenus.map(({ id }) => id);
  for (const entry of Object.values(contributes.menus).flat()) {
    assert.ok(entry.submenu === undefined || submenus.includes(entry.submenu), entry.submenu);
  }
  for (const id of submenus) assert.ok((contributes.menus[id] ?? []).length > 0, id);
});

test("language, view and task carry the names that the code uses", () => {
  assert.deepEqual(
    contributes.languages.map(({ id }) => id),
    Object.values(languages),
  );
  assert.deepEqual(
    contributes.views[views.container]?.map(({ id }) => id),
    [views.extensions, views.images, views.merged],
  );
  assert.deepEqual(
    contributes.taskDefinitions.map(({ type }) => type),
    [taskType],
  );
  assert.deepEqual(
    contributes.customEditors.map(({ viewType }) => viewType),
    Object.values(viewTypes),
  );
  assert.ok(manifest.activationEvents.includes(`onFileSystem:${imageScheme}`));
});

test("no language takes files by their ending or name alone", () => {
  for (const { id, extensions, filenames, filenamePatterns = [] } of contributes.languages) {
    assert.deepEqual([extensions, filenames], [undefined, undefined], id);
    for (const pattern of filenamePatterns) assert.match(pattern, /^\*\*\/(?:[a-z]+[a-z.*-]*|\{[a-z,]+\})\//, id);
  }
});

test("units are known by their path in systemd's folders, and other programs' files are not taken", () => {
  const patterns = contributes.languages.find(({ id }) => id === languages.unit)?.filenamePatterns ?? [];
  assert.deepEqual(patterns, unitFilePatterns);
  const taken = (file: string): boolean => patterns.some((pattern) => path.matchesGlob(file, pattern));
  const units = [
    ...["system/foo.service", "user/foo@.socket", "system.control/foo.slice", "system.attached/foo.service"],
    ...["system/foo.service.in", "system/foo.timer.j2", "system/foo.service.backup", "system/foo.mount.ignore"],
    ...["system/foo.service.d/10-bar.conf", "system/service.d/x.conf", "user/foo-.slice.d/x.conf.in"],
  ];
  for (const unit of units) assert.ok(taken(`home/me/demo/usr/lib/systemd/${unit}`), unit);
  const others = [
    ...[
      "a/login.feature",
      "a/foo.service",
      "a/icon.path",
      "usr/lib/systemd/network/a.network",
      "etc/systemd/system.conf",
    ],
    ...["usr/lib/systemd/system/README", "usr/lib/systemd/system/foo.service.md", "etc/systemd/system.conf.d/a.conf"],
    ...["usr/share/dbus-1/system-services/a.service", "etc/containers/systemd/a.container"],
    ...["etc/containers/systemd/foo.service", "usr/lib/systemd/system-generators/a.service"],
  ];
  for (const other of others) assert.ok(!taken(`home/me/demo/${other}`), other);
});

test("files of systemd-sysupdate are known by their folders, and others' features are not taken", () => {
  const patternsOf = (id: string) =>
    contributes.languages.find((language) => language.id === id)?.filenamePatterns ?? [];
  assert.deepEqual(patternsOf(languages.transfer), transferPatterns);
  assert.deepEqual(patternsOf(languages.feature), featurePatterns);
  // The editor takes the longest of the patterns that fit.
  const languageOf = (file: string): string | undefined =>
    contributes.languages
      .flatMap(({ id, filenamePatterns = [] }) => filenamePatterns.map((pattern) => ({ id, pattern })))
      .filter(({ pattern }) => path.matchesGlob(file, pattern))
      .toSorted((a, b) => b.pattern.length - a.pattern.length)[0]?.id;
  for (const file of [
    ...["etc/sysupdate.d/demo.transfer", "usr/lib/sysupdate.demo.d/10-a.conf", "sysupdate.d/a.transfer.in"],
    ...["usr/local/lib/sysupdate.d/a.transfer.d/b.conf", "run/sysupdate.a-b.d/c.conf.j2"],
  ]) {
    assert.equal(languageOf(`home/me/${file}`), languages.transfer, file);
  }
  for (const file of [
    ...["etc/sysupdate.d/a.feature", "usr/lib/sysupdate.a.d/b.feature.d/on.conf", "etc/sysupdate.demo.component"],
    ...["usr/local/lib/sysupdate.demo.component.d/on.conf", "usr/lib/sysupdate.d/a.feature.in"],
  ]) {
    assert.equal(languageOf(`home/me/${file}`), languages.feature, file);
  }
  const others = ["test/login.feature", "a/b.transfer", "etc/app.d/a.conf", "etc/sysupdate.d/README", "a/b.component"];
  for (const file of others) assert.equal(languageOf(`home/me/${file}`), undefined, file);
});

test("units that another extension has taken wake this one up", () => {
  for (const id of otherUnitLanguages) assert.ok(manifest.activationEvents.includes(`onLanguage:${id}`), id);
});

test("every text of the manifest has its translation key, and every key is used", () => {
  const used = [...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
});

test("files that the manifest names are there", () => {
  const named = [
    manifest.icon,
    ...contributes.languages.map(({ configuration }) => configuration),
    ...[...contributes.grammars.map((grammar) => grammar.path), ...contributes.jsonValidation.map(({ url }) => url)],
  ];
  for (const file of named) assert.ok(existsSync(path.join(root, file)), file);
});

test("every setting has scope, place, default and description", () => {
  for (const [name, setting] of settings) {
    assert.match(name, /^sysext\./);
    assert.ok(["window", "resource", "machine-overridable"].includes(setting.scope ?? ""), `${name}: scope`);
    assert.equal(typeof setting.order, "number", `${name}: order`);
    assert.ok(setting.default !== undefined, `${name}: default`);
    assert.match(setting.markdownDescription ?? "", /^%/, `${name}: markdownDescription`);
  }
});

test("the extension wakes up only for what it serves", () => {
  for (const event of manifest.activationEvents) assert.doesNotMatch(event, /^(\*|onStartupFinished)$/);
});

test("the problem matcher reads the lines of sysext check, Windows paths too", () => {
  const [matcher] = contributes.problemMatchers;
  const pattern = new RegExp(matcher?.pattern.regexp ?? "");
  const lines: Readonly<Record<string, readonly string[]>> = {
    'a/b:3:14: error: systemd calls this architecture "x86-64" [er/architecture-invalid]': ["a/b", "3", "14", "error"],
    "C:\\t\\f.demo:1:1: hint: a: b [c] [er/x]": ["C:\\t\\f.demo", "1", "1", "hint", "a: b [c]", "er/x"],
  };
  for (const [line, parts] of Object.entries(lines)) {
    assert.deepEqual(pattern.exec(line)?.slice(1, parts.length + 1), parts);
  }
  assert.equal(pattern.exec("2 errors, 1 warning"), null);
});
