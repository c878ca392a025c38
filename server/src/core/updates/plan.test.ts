// Plans of updates: versions, downloads, names, removals, symlinks, and what systemd would refuse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setOfFiles } from "../model/read-update-set.ts";
import { parseUnitFile } from "../model/unit-file.ts";
import { locateUpdate } from "../model/update-location.ts";
import { planUpdate } from "./plan.ts";
import { specifierValues } from "./specifier-values.ts";
import type { ListedFile, PlanInput, TransferPlan, UpdatePlan } from "./update-plan.ts";

type Texts = Readonly<Record<string, string>>;

function setOf(texts: Texts) {
  const files = Object.entries(texts).flatMap(([name, text]) => {
    const location = locateUpdate(`etc/sysupdate.d/${name}`);
    return location === undefined ? [] : { path: name, location, file: parseUnitFile(text, { type: location.kind }) };
  });
  return setOfFiles(files);
}

/** Names with a slash at the end are folders, those with ` ->` are symlinks. */
function list(names: string): ListedFile[] {
  return names
    .split(/\s+/)
    .filter((name) => name !== "")
    .map((name) => ({
      name: name.replace(/\/$|->$/, ""),
      type: name.endsWith("/") ? "directory" : name.endsWith("->") ? "symlink" : "file",
    }));
}

interface Asked extends Partial<Omit<PlanInput, "set" | "source" | "target">> {
  readonly source?: string | readonly ListedFile[];
  readonly target?: string | readonly ListedFile[];
}

const specifiers = specifierValues({
  release: "ID=demo\nVERSION_ID=12\nIMAGE_VERSION=2\n",
  architecture: "x86-64",
});

function plan(texts: Texts, { source = "", target = "", ...rest }: Asked = {}): UpdatePlan {
  const offered = typeof source === "string" ? list(source) : source;
  const stored = typeof target === "string" ? list(target) : target;
  return planUpdate({
    set: setOf(texts),
    systemd: 262,
    specifiers,
    source: () => offered,
    target: () => stored,
    ...rest,
  });
}

const base = {
  Transfer: {},
  Source: { Type: "regular-file", Path: "/srv", MatchPattern: "app_@v.raw" },
  Target: { Type: "regular-file", Path: "/var/x" },
};

/** A transfer; settings as `Source.Path`, undefined leaves one of the usual ones out. */
function transfer(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const sections: Record<string, Record<string, string | undefined>> = structuredClone(base);
  for (const [place, value] of Object.entries(changes)) {
    const [section = "", name = ""] = place.split(".");
    sections[section] = { ...sections[section], [name]: value };
  }
  return Object.entries(sections)
    .map(([section, settings]) => {
      const lines = Object.entries(settings).flatMap(([name, value]) =>
        value === undefined ? [] : `${name}=${value}\n`,
      );
      return `[${section}]\n${lines.join("")}`;
    })
    .join("");
}

function only({ transfers }: UpdatePlan): TransferPlan {
  const [first] = transfers;
  assert.ok(first !== undefined && transfers.length === 1);
  return first;
}

function states({ versions }: UpdatePlan): string[] {
  return versions.map(({ version, ...flags }) => {
    const set = Object.entries(flags).filter(([, on]) => on);
    return [version, ...set.map(([name]) => name)].join(" ");
  });
}

test("the newest version is fetched, named, pointed to, and the oldest makes room", () => {
  const made = plan(
    {
      "app.transfer": transfer({ "Target.InstancesMax": "2", "Target.CurrentSymlink": "/var/lib/extensions/app.raw" }),
    },
    { source: "app_1.raw app_2.raw app_10.raw SHA256SUMS app-3.raw", target: "app_0.raw app_1.raw .#half" },
  );
  assert.deepEqual(states(made), ["10 available", "2 available", "1 available installed", "0 installed"]);
  assert.deepEqual([made.newest, made.current, made.candidate], ["10", "1", "10"]);
  const { download, remove, leftovers, symlink, source } = only(made);
  assert.deepEqual(download, {
    version: "10",
    name: "app_10.raw",
    storedAs: "/var/x/app_10.raw",
    storedName: "app_10.raw",
  });
  assert.deepEqual(
    remove.map(({ name }) => name),
    ["app_0.raw"],
  );
  assert.deepEqual(leftovers, [".#half"]);
  assert.deepEqual(symlink, { path: "/var/lib/extensions/app.raw", target: "../../x/app_10.raw" });
  assert.deepEqual(
    source.misses.map(({ name, at }) => [name, at]),
    [
      ["SHA256SUMS", 0],
      ["app-3.raw", 3],
    ],
  );
  assert.deepEqual(made.faults, []);
});

test("what is installed and what can be had decide the candidate", () => {
  const two = (minimum?: string) => ({
    "a.transfer": transfer({ "Transfer.MinVersion": minimum }),
    "b.transfer": transfer({ "Source.MatchPattern": "b_@v.raw" }),
  });
  const cases: readonly (readonly [string, string, string | undefined, string?])[] = [
    ["app_1.raw b_1.raw", "", "1"],
    ["app_1.raw b_1.raw app_2.raw", "", "1"],
    ["app_1.raw b_1.raw", "app_1.raw b_1.raw", undefined],
    ["app_1.raw b_1.raw", "app_2.raw b_2.raw", undefined],
    // What is missing of the newest is fetched, and an older one when that cannot be had.
    ["app_2.raw b_2.raw", "app_2.raw", "2"],
    ["app_1.raw b_1.raw", "app_2.raw", "1"],
    // Only the newest counts: where it is too old, so are the others.
    ["app_1.raw b_1.raw", "", undefined, "2"],
    ["app_2.raw b_2.raw app_1.raw b_1.raw", "", "2", "2"],
    // 01 is 1.
    ["app_01.raw b_1.raw", "app_1.raw b_01.raw", undefined],
  ];
  for (const [source, target, candidate, minimum] of cases) {
    assert.equal(plan(two(minimum), { source, target }).candidate, candidate, `${source} | ${target} | ${minimum}`);
  }
  const half = plan(two(), { source: "app_2.raw b_2.raw", target: "app_2.raw b_1.raw" });
  assert.deepEqual(states(half), ["2 available installed incomplete", "1 installed incomplete"]);
  assert.deepEqual(
    half.transfers.map(({ download }) => download?.name),
    [undefined, "b_2.raw"],
  );
});

test("systemd before 262 loses versions of a set that the C library orders otherwise", () => {
  const two = { "a.transfer": transfer(), "b.transfer": transfer({ "Source.MatchPattern": "b_@v.raw" }) };
  const target = "app_10.raw b_a.raw";
  assert.deepEqual(states(plan(two, { target })), ["10 installed incomplete", "a installed incomplete"]);
  assert.deepEqual(states(plan(two, { target, systemd: 257 })), ["a installed incomplete"]);
});

test("new instances are named by settings, the source's name, and the file", () => {
  const sha256 = "AB".repeat(32);
  const cases: readonly (readonly [
    source: string,
    target: string,
    name: string,
    stored: string | RegExp,
    settings?: Texts,
  ])[] = [
    ["a_@v.raw", "b-@v", "a_1.raw", "b-1"],
    ["a_@v_@l_@d.raw", "a_@v+@l-@d", "a_1_0x5_03.raw", "a_1+5-3"],
    ["a_@v.raw", "a_@v+@l-@d", "a_1.raw", "a_1+3-0"],
    ["a_@v_@l.raw", "a_@v+@l", "a_1_5.raw", "a_1+7", { "Target.TriesLeft": "7" }],
    ["a_@v_@m.raw", "a_@v_@m", "a_1_0644.raw", "a_1_644"],
    ["a_@v.raw", "a_@v_@m_@t", "a_1.raw", "a_1_755_1700000000000001"],
    ["a_@v.raw", "a_@v_@m", "a_1.raw", "a_1_600", { "Target.Mode": "0600" }],
    ["a_@v_@r.raw", "a_@v_@r", "a_1_yes.raw", "a_1_1"],
    ["a_@v_@u.raw", "a_@v_@u", "a_1_6A1F0C3E-3C1B-4B0F-9A64-8F2F0C6F4A11.raw", "a_1_6a1f0c3e3c1b4b0f9a648f2f0c6f4a11"],
    ["a_@v_@f.raw", "a_@v_@f", "a_1_0X0F.raw", "a_1_f"],
    ["a_@v.raw", "a_@v_@h", "a_1.raw", `a_1_${sha256.toLowerCase()}`],
    ["a_@v.raw", "%o/%w/a@@%%_@v", "a_1.raw", "demo/12/a@%_1"],
    [
      "a_@v.raw",
      "a_@v_@s",
      "a_1.raw",
      /"@s" in "a_@v_@s" has no value \(the decompressed size in bytes.*add "@s" to "a_@v\.raw"/,
    ],
    ["a_@v.raw", "a_@v_@u", "a_1.raw", /"@u".*or set "PartitionUUID="/],
    ["@v", "@v", "..", /"\.\." is not a valid name/],
  ];
  for (const [source, target, name, stored, settings = {}] of cases) {
    const text = transfer({ "Source.MatchPattern": source, "Target.MatchPattern": target, ...settings });
    const made = plan(
      { "a.transfer": text },
      { source: [{ name, type: "file", sha256 }], attributes: () => ({ mtime: 1700000000000001n, mode: 0o100755 }) },
    );
    if (typeof stored === "string") assert.equal(only(made).download?.storedName, stored, `${source} ${target}`);
    else assert.match(made.faults.map(({ message }) => message).join("\n"), stored);
  }
});

test("what is decompressed is told by its name, where it is stored as a file", () => {
  const stored = (name: string, systemd = 262, type = "regular-file") => {
    const text = transfer({
      "Source.Type": type,
      "Source.MatchPattern": "a_@v.raw.xz a_@v.raw.zst a_@v.raw",
      "Target.MatchPattern": "a_@v.raw",
    });
    return only(plan({ "a.transfer": text }, { source: name, systemd })).download?.decompressed;
  };
  assert.equal(stored("a_1.raw.xz"), true);
  assert.equal(stored("a_1.raw"), undefined);
  assert.equal(stored("a_1.raw.zst"), true);
  assert.equal(stored("a_1.raw.zst", 257), undefined);
});

test("instances are removed from the oldest on, but for protected ones, which count", () => {
  const cases: readonly (readonly [settings: Texts, target: string, removed: string])[] = [
    [{}, "app_1.raw app_2.raw", ""],
    [{}, "app_1.raw app_2.raw app_3.raw", "1"],
    [{ "Target.InstancesMax": "2" }, "app_1.raw app_2.raw app_3.raw", "1 2"],
    [{ "Target.InstancesMax": "1" }, "app_1.raw app_2.raw", "1"],
    [{ "Target.InstancesMax": "x" }, "app_1.raw app_2.raw app_3.raw", "1"],
    [{ "Target.InstancesMax": "0x2" }, "app_1.raw app_2.raw", "1"],
    [{ "Target.InstancesMax": "18446744073709551615" }, "app_1.raw app_2.raw app_3.raw app_4.raw", ""],
    [{ "Target.InstancesMax": "2", "Transfer.ProtectVersion": "1" }, "app_1.raw app_2.raw app_3.raw", "2 3"],
    [{ "Target.InstancesMax": "2", "Transfer.ProtectVersion": "%A" }, "app_1.raw app_2.raw", "1"],
    // Protection is for the very text.
    [{ "Target.InstancesMax": "2", "Transfer.ProtectVersion": "01" }, "app_1.raw app_2.raw", "1"],
    [{ "Target.InstancesMax": "2" }, "app_1.raw app_01.raw", "1"],
  ];
  for (const [settings, target, removed] of cases) {
    const made = plan({ "app.transfer": transfer(settings) }, { source: "app_9.raw", target });
    assert.equal(
      only(made)
        .remove.map(({ version }) => version)
        .join(" "),
      removed,
      `${JSON.stringify(settings)} ${target}`,
    );
  }
  const idle = plan({ "app.transfer": transfer() }, { target: "app_1.raw app_2.raw app_3.raw app_4.raw" });
  assert.deepEqual(only(idle).remove, []);
});

test("symlinks are as the tool writes them", () => {
  const cases: readonly (readonly [string, string | undefined, string?])[] = [
    ["current", "/var/x/current", "app_1.raw"],
    ["./low//current/", "/var/x/low/current", "../app_1.raw"],
    ["/app", "/app", "var/x/app_1.raw"],
    ["/var/x/app", "/var/x/app", "app_1.raw"],
    ["/var/y/%o", "/var/y/demo", "../x/app_1.raw"],
    ["../up", undefined],
    ["", undefined],
  ];
  for (const [written, path, target] of cases) {
    const made = plan({ "app.transfer": transfer({ "Target.CurrentSymlink": written }) }, { source: "app_1.raw" });
    assert.deepEqual(only(made).symlink, path === undefined ? undefined : { path, target }, written);
  }
});

test("features decide which transfers count, and what one that does not has is removed", () => {
  const texts = {
    "a.transfer": transfer(),
    "b.transfer": transfer({
      "Source.MatchPattern": "b_@v.raw",
      "Transfer.Features": "off other",
      "Transfer.ProtectVersion": "2",
    }),
    "off.feature": "[Feature]\nEnabled=no\n",
  };
  const made = plan(texts, { source: "app_3.raw", target: "b_1.raw b_2.raw" });
  assert.equal(made.candidate, "3");
  assert.deepEqual(
    made.transfers.map(({ enabled, disabledReason }) => [enabled, disabledReason]),
    [
      [true, undefined],
      [false, 'none of its features "off", "other" is enabled'],
    ],
  );
  assert.deepEqual(
    made.transfers[1]?.remove.map(({ name }) => name),
    ["b_1.raw"],
  );
  const unlimited = texts["b.transfer"].replace("[Target]", "[Target]\nInstancesMax=18446744073709551615");
  const kept = plan({ ...texts, "b.transfer": unlimited }, { source: "app_3.raw", target: "b_1.raw b_2.raw" });
  assert.deepEqual(kept.transfers[1]?.remove, []);
  const on = { ...texts, "off.feature.d/on.conf": "[Feature]\nEnabled=on\n" };
  assert.equal(plan(on, { source: "app_3.raw" }).candidate, undefined);
  const none = { "b.transfer": texts["b.transfer"], "off.feature.d/on.conf": "[Feature]\nEnabled=on\n" };
  assert.match(plan(none).faults[0]?.message ?? "", /no transfer is enabled/);
});

test("suffixes and drop-ins count as the version of systemd reads them", () => {
  const old = { "a.conf": transfer(), "a.conf.d/x.conf": "[Source]\nMatchPattern=b_@v\n" };
  assert.equal(plan(old, { source: "b_1", systemd: 257 }).candidate, "1");
  assert.equal(plan(old, { source: "b_1", systemd: 256 }).candidate, undefined);
  const both = { "a.conf": transfer(), "b.transfer": transfer({ "Source.MatchPattern": "b_@v" }) };
  const made = plan(both, { source: "b_1" });
  assert.equal(made.candidate, "1");
  assert.match(made.notes?.[0]?.message ?? "", /ignores "\*\.conf"/);
  assert.equal(made.notes?.[0]?.path, "a.conf");
  const before = plan({ "b.transfer": transfer() }, { systemd: 256 });
  assert.match(before.faults[0]?.message ?? "", /systemd 256 does not read "\*\.transfer"/);
  assert.match(plan({}).faults[0]?.message ?? "", /there is no transfer/);
});

test("what systemd refuses is told in one sentence", () => {
  const cases: readonly (readonly [Readonly<Record<string, string | undefined>>, RegExp, number?])[] = [
    [{ "Source.Type": undefined }, /"\[Source\]" has no known "Type="/],
    [{ "Source.Type": "file" }, /"\[Source\]" has no known "Type="/],
    [{ "Source.Type": "partition" }, /"Type=partition" is not a source type/],
    [{ "Target.Type": "tar" }, /"Type=tar" is not a target type/],
    [{ "Target.Type": "subvolume" }, /a source with "Type=regular-file" cannot be stored as "Type=subvolume"/],
    [{ "Source.Path": undefined }, /"\[Source\]" has no "Path="/],
    [{ "Source.Path": "srv" }, /the source path "srv" is not a normalized absolute path/],
    [{ "Source.Path": "/srv/../x" }, /the source path/],
    [{ "Source.Type": "url-file" }, /"\/srv" is not a URL/],
    [{ "Source.Path": "auto" }, /"Path=auto" in "\[Source\]" selects a partition/],
    [{ "Source.MatchPattern": undefined }, /"\[Source\]" has no "MatchPattern="/],
    [{ "Source.MatchPattern": "%z@v" }, /"\[Source\]" has no "MatchPattern="/],
    [{ "Source.MatchPattern": "a" }, /has no "@v"/],
    [{ "Source.MatchPattern": "@v@l" }, /no separator between the wildcards/],
    [{ "Source.MatchPattern": "@v_*" }, /contains "\*", which systemd reserves/],
    [{ "Source.MatchPattern": "**/@v" }, /requires systemd 262/, 257],
    [{ "Target.MatchPattern": "**/@v" }, /only valid for a source/],
    [{ "Target.Path": undefined }, /"\[Target\]" has no "Path="/],
    [{ "Target.Path": "x" }, /the target path "x"/],
    [{ "Target.PathRelativeTo": "explicit" }, /only valid for sources/],
    [{ "Target.Type": "partition", "Target.PathRelativeTo": "esp" }, /"PathRelativeTo=esp" in "\[Target\]"/],
    [{ "Target.Type": "partition", "Target.CurrentSymlink": "x" }, /"CurrentSymlink=x" is relative/],
    [{ "Source.MatchPattern": "a-%m-@v" }, /"%m" in "a-%m-@v" is the identifier of the machine.*unknown/],
  ];
  for (const [changes, message, systemd = 262] of cases) {
    const made = plan({ "app.transfer": transfer(changes) }, { source: "app_1.raw", systemd });
    assert.equal(made.faults.length, 1, JSON.stringify(changes));
    assert.match(made.faults[0]?.message ?? "", message);
    assert.equal(made.faults[0]?.path, "app.transfer");
  }
  const dropIn = { "a.transfer": transfer(), "a.transfer.d/x.conf": "[Source]\nMatchPattern=a\n" };
  assert.equal(plan(dropIn).faults[0]?.path, "a.transfer.d/x.conf");
  assert.match(
    plan({ "a.transfer": `${transfer()}[Broken\nx=y\n` }).faults[0]?.message ?? "",
    /"\[Broken" begins with/,
  );
});

test("types of targets are derived, and patterns inherited", () => {
  const cases: readonly (readonly [source: string, path: string, type: string])[] = [
    ["url-file", "/var/x", "regular-file"],
    ["regular-file", "/dev/sda", "partition"],
    ["url-tar", "/var/x", "directory"],
    ["tar", "/var/x", "directory"],
    ["directory", "/dev/x", "directory"],
    ["subvolume", "/var/x", "subvolume"],
  ];
  for (const [source, path, type] of cases) {
    const place = source.startsWith("url") ? "https://example.com/x" : "/srv";
    const text = transfer({
      "Source.Type": source,
      "Source.Path": place,
      "Target.Type": undefined,
      "Target.Path": path,
    });
    assert.deepEqual(
      [only(plan({ "a.transfer": text })).target.type, only(plan({ "a.transfer": text })).target.patterns],
      [type, ["app_@v.raw"]],
    );
  }
  const deep = transfer({ "Source.MatchPattern": "**/a_@v **/a_@v b_@v" });
  const made = only(plan({ "a.transfer": deep }, { source: "x/ x/y/ x/y/a_1 b_0" }));
  assert.deepEqual(made.target.patterns, ["a_@v", "b_@v"]);
  assert.equal(made.download?.name, "x/y/a_1");
  assert.equal(made.download?.storedName, "a_1");
});

test("folders are looked into where a pattern goes on, one deep", () => {
  const text = transfer({ "Source.MatchPattern": "sub/a_@v sub/low/a_@v c_@v" });
  const made = only(
    plan({ "a.transfer": text }, { source: "sub/ sub/a_1 sub/low/ sub/low/a_2 other/ other/a_3 c_4->" }),
  );
  assert.deepEqual(
    made.source.instances.map(({ name }) => name),
    ["sub/a_1"],
  );
  assert.deepEqual(made.source.misses, [
    { name: "c_4", pattern: 2, at: 0, reason: "it is a symlink; only files match" },
  ]);
  const crash = plan(
    { "a.transfer": transfer({ "Source.MatchPattern": "a_@v/x" }) },
    { source: "a_1/ a_1/x", systemd: 257 },
  );
  assert.match(crash.faults[0]?.message ?? "", /systemd 257 crashes/);
});

test("partitions have labels, slots, and no room without two of them", () => {
  const text = transfer({
    "Target.Type": "partition",
    "Target.Path": "/dev/sda",
    "Target.MatchPattern": "app_@v",
    "Target.CurrentSymlink": "/x",
  });
  const made = plan({ "a.transfer": text }, { source: "app_3.raw", target: "app_1 _empty other" });
  const { download, remove, symlink, target } = only(made);
  assert.deepEqual([download?.storedName, download?.storedAs, remove, symlink], ["app_3", undefined, [], undefined]);
  assert.match(made.notes?.[0]?.message ?? "", /depends on the partition/);
  assert.deepEqual(
    target.misses.map(({ name }) => name),
    ["other"],
  );
  const full = plan({ "a.transfer": text }, { source: "app_3.raw", target: "app_1 app_2" });
  assert.deepEqual(
    only(full).remove.map(({ name }) => name),
    ["app_1"],
  );
  assert.match(
    plan({ "a.transfer": text }, { source: "app_3.raw", target: "app_1" }).faults[0]?.message ?? "",
    /only one partition/,
  );
  assert.deepEqual(
    planUpdate({
      set: setOf({ "a.transfer": text }),
      systemd: 262,
      specifiers,
      source: () => list("app_3.raw"),
      target: () => undefined,
    }).faults,
    [],
  );
  const long = text.replace("app_@v\n", `${"a".repeat(40)}_@v\n`);
  assert.match(
    plan({ "a.transfer": long }, { source: "app_3.raw", target: "_empty _empty" }).faults[0]?.message ?? "",
    /longer than the label/,
  );
});

test("a checksum in a name has to be the manifest's", () => {
  const [right, wrong] = ["ab".repeat(32), "cd".repeat(32)];
  const text = transfer({
    "Source.Type": "url-file",
    "Source.Path": "https://example.com",
    "Source.MatchPattern": "a_@v_@h",
    "Target.MatchPattern": "a_@v",
  });
  const offered = (sha256: string) => [{ name: `a_1_${right}`, type: "file", sha256 }] as const;
  assert.equal(plan({ "a.transfer": text }, { source: offered(right) }).candidate, "1");
  assert.match(
    plan({ "a.transfer": text }, { source: offered(wrong) }).faults[0]?.message ?? "",
    /a different checksum in its name/,
  );
});

test("of several instances of a version systemd comes upon the one in the middle", () => {
  const text = transfer({ "Source.MatchPattern": "app_@v.raw app_@v.raw.xz" });
  const made = only(plan({ "a.transfer": text }, { source: "app_9.raw app_9.raw.xz app_8.raw" }));
  assert.equal(made.download?.name, "app_9.raw.xz");
});

test("the same list is matched once, and another one anew", () => {
  const source = list("app_1.raw");
  const texts = { "a.transfer": transfer() };
  const [first, second] = [plan(texts, { source }), plan(texts, { source })];
  assert.equal(first.transfers[0]?.source.misses, second.transfers[0]?.source.misses);
  assert.equal(plan(texts, { source: list("app_2.raw") }).candidate, "2");
  assert.equal(plan(texts, { source, systemd: 257 }).candidate, "1");
});

test("hostile names and texts end in a plan", () => {
  const odd = ["__proto__", "constructor", "..", "/", "a\0b", "\u202e_1.raw", "app_\u{1f600}.raw", "a".repeat(100_000)];
  const source = [...odd, ...odd.map((name) => `app_${name}.raw`)].map((name) => ({ name, type: "file" }) as const);
  const made = plan(
    { "a.transfer": transfer({ "Transfer.Features": "__proto__ constructor" }), "b.transfer": transfer() },
    { source },
  );
  assert.equal(made.transfers[0]?.enabled, false);
  assert.equal(made.transfers.length, 2);
  for (const text of ["", "[Source", "[Source]\nMatchPattern=\\", "=\n", "\0".repeat(50)])
    plan({ "a.transfer": text }, { source });
});
