// One more row in the table of writable formats is all that help, schema, settings, options and summary need.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreePlan } from "../../image/src/build.ts";
import { describePlan, optionsOfPlan, planOfFormat } from "../../image/src/formats/build-plan.ts";
import { commandArguments, commandOptions, writtenByCommand } from "../../image/src/formats/command-options.ts";
import type { ChoiceOption, DependentNumberOption, NumberOption } from "../../image/src/formats/format-options.ts";
import { defineFormat } from "../../image/src/formats/writable-format.ts";
import { writableFormats } from "../../image/src/formats/writable-formats.ts";
import { headLengthOf, isWrittenImage } from "../../image/src/formats/written-image.ts";
import { buildSchema, buildSettings, generateBuildOptions } from "./format-options.ts";

interface TarPlan extends TreePlan {
  readonly format: "tar";
  readonly compression: "zstd" | "brotli";
  readonly level: number | undefined;
  readonly clusterSize: number;
}

const compression: ChoiceOption<TarPlan["compression"]> = {
  kind: "choice",
  key: "compression",
  noun: "compression",
  description: "Compression of the archive.",
  words: { zstd: "Fast.", brotli: "Small." },
  default: "brotli",
};
const level: DependentNumberOption<TarPlan["compression"]> = {
  kind: "number",
  key: "level",
  noun: "compression level",
  description: "Compression level.",
  dependsOn: compression,
  ranges: { brotli: { minimum: 0, maximum: 11, default: 11 } },
};
const clusterSize: NumberOption = {
  kind: "number",
  key: "clusterSize",
  noun: "cluster size",
  description: "Bytes of a cluster.",
  unit: "bytes",
  isPowerOfTwo: true,
  range: { minimum: 4096, maximum: 16_384, default: 8192 },
};
const tar = defineFormat<TarPlan>({
  name: "tar",
  options: [compression, level, clusterSize],
  headLength: 2,
  isImage: (head) => head[0] === 1,
  planOf: (tree, read) => ({
    ...tree,
    format: "tar",
    compression: read.choice(compression),
    level: read.dependentNumber(level),
    clusterSize: read.number(clusterSize),
  }),
  encodingOf: () => ({ compression: "none", level: 0, blockSize: 1, metadataBlockSize: 1 }),
  describe: (plan) => plan.compression,
  loadWriter: () => Promise.reject(new Error("nothing is written here")),
});
const formats = [...writableFormats, tar] as const;

test("the command line has its options, and says which values each format takes", () => {
  const options = commandOptions(formats);
  assert.deepEqual(options["format"], { value: "FORMAT", summary: "squashfs or tar; default: squashfs" });
  assert.equal(
    options["compression"]?.summary,
    "squashfs: gzip, zstd or none; default: gzip; tar: zstd or brotli; default: brotli",
  );
  assert.equal(options["cluster-size"]?.summary, "tar: bytes, a power of two from 4096 to 16384; default: 8192");
  assert.deepEqual(commandOptions([tar])["format"], { value: "FORMAT", summary: "tar" });
  assert.equal(commandOptions([tar])["level"]?.summary, "0 to 11 for brotli (default 11)");
});

test("a build takes its options from the command line, and refuses those that it does not have", () => {
  const planOf = (values: Record<string, string>) =>
    planOfFormat<TreePlan>({ hierarchies: [], sources: [writtenByCommand(values, formats)], environment: {} }, formats);
  const plan = { format: "tar", hierarchies: [], compression: "brotli", level: 11, clusterSize: 8192 };
  assert.deepEqual(planOf({ format: "tar" }), plan);
  assert.deepEqual(planOf({ format: "tar", level: "0", "cluster-size": "4096" }), {
    ...plan,
    ...{ level: 0, clusterSize: 4096 },
  });
  assert.equal(planOf({}).format, "squashfs");
  assert.throws(() => planOf({ format: "tar", compression: "gzip" }), {
    message: 'tar images cannot be built with the compression "gzip"; use zstd or brotli',
  });
  assert.throws(() => planOf({ format: "tar", "cluster-size": "1" }), {
    message: 'the cluster size "1" is not valid; use a power of two from 4096 to 16384',
  });
  assert.throws(() => planOf({ format: "zip" }), {
    message: 'images of the format "zip" cannot be built; use squashfs or tar',
  });
});

test("the summary, its JSON and the editor's task tell its options, without those that mean nothing", () => {
  const plan: TarPlan = { format: "tar", hierarchies: [], compression: "brotli", level: 3, clusterSize: 4096 };
  const fast: TarPlan = { ...plan, compression: "zstd" };
  assert.equal(describePlan(plan, formats), "tar, brotli");
  assert.deepEqual(optionsOfPlan(plan, "choice", formats), { compression: "brotli" });
  assert.deepEqual(commandArguments(plan, formats), [
    ...["--format", "tar", "--compression", "brotli", "--level", "3", "--cluster-size", "4096"],
  ]);
  assert.deepEqual(commandArguments(fast, formats), [
    ...["--format", "tar", "--compression", "zstd", "--cluster-size", "4096"],
  ]);
});

test("its images may be replaced by a build, and nothing else may", () => {
  assert.equal(headLengthOf(formats), 4);
  assert.equal(headLengthOf([tar]), 2);
  assert.ok(isWrittenImage(Uint8Array.of(1), formats));
  assert.ok(!isWrittenImage(Uint8Array.of(1)));
  assert.ok(isWrittenImage(new TextEncoder().encode("hsqs and more"), formats));
  assert.ok(!isWrittenImage(new TextEncoder().encode("hsq"), formats));
  assert.ok(!isWrittenImage(new Uint8Array(), formats));
});

test("the project file's schema has its options, each format with its own values", () => {
  const { properties, allOf } = buildSchema(formats) as {
    properties: Record<string, { enum?: unknown[]; minimum?: number; maximum?: number; default?: unknown }>;
    allOf: { if: unknown; then: { properties: Record<string, unknown> } }[];
  };
  assert.deepEqual(Object.keys(properties), ["format", "compression", "level", "blockSize", "clusterSize"]);
  assert.deepEqual(properties["format"]?.enum, ["squashfs", "tar"]);
  assert.deepEqual(properties["compression"]?.enum, ["gzip", "zstd", "none", "brotli"]);
  assert.deepEqual([properties["level"]?.minimum, properties["level"]?.maximum], [0, 22]);
  assert.deepEqual(properties["clusterSize"]?.enum, [4096, 8192, 16_384]);
  const ifTar = { properties: { format: { const: "tar" } }, required: ["format"] };
  const own = allOf.find((rule) => JSON.stringify(rule.if) === JSON.stringify(ifTar));
  assert.deepEqual(Object.keys(own?.then.properties ?? {}), ["format", "compression", "level", "clusterSize"]);
  assert.deepEqual(own?.then.properties["compression"], { type: "string", enum: ["zstd", "brotli"] });
});

test("with one format the schema needs no rule for it, and gzip has fewer levels than all together", () => {
  const schema = buildSchema();
  assert.deepEqual(schema["allOf"], [
    {
      if: { properties: { compression: { const: "gzip" } }, required: ["compression"] },
      // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own
      then: { properties: { level: { minimum: 1, maximum: 9 } } },
    },
  ]);
});

test("the editor has its settings, with texts", () => {
  const { properties, texts } = buildSettings(formats);
  assert.deepEqual(Object.keys(properties), ["format", "compression", "level", "blockSize", "clusterSize"]);
  assert.equal(properties["clusterSize"]?.["markdownDescription"], "%settings.clusterSize%");
  assert.match(texts["settings.clusterSize"] ?? "", /^Bytes of a cluster\. .*sysext\.json/);
  assert.equal(texts["settings.compression.brotli"], "Small.");
  assert.deepEqual(properties["level"]?.["type"], ["integer", "null"]);
  assert.deepEqual(Object.keys(buildSettings().properties), ["compression", "level", "blockSize"]);
});

test("core reads its options in a project file", () => {
  const [table = ""] = Object.values(generateBuildOptions(formats));
  assert.match(table, /compression: false,\n\s*level: true,\n\s*blockSize: true,\n\s*clusterSize: true,/);
});

test("an option that is a word in one format and a number in another is refused", () => {
  const odd = { ...tar, options: [{ ...clusterSize, key: "compression" }] };
  assert.throws(() => buildSchema([...writableFormats, odd]), /"compression" is a number in tar, but not in squashfs/);
});
