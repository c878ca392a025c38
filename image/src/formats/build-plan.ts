// The plan of a build, from options, settings, the tree's project file and the environment, all checked.
import type { TreePlan } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import { alternatives, type FormatOption, optionReader, type WrittenOptions } from "./format-options.ts";
import type { WritableFormat } from "./writable-format.ts";
import { type BuildPlan, writableFormats } from "./writable-formats.ts";

export interface PlanRequest {
  /** Names in the tree's root that go into the image. */
  readonly hierarchies: readonly string[];
  /** The places that may set the format and its options; of several that set one, the first counts. */
  readonly sources: readonly WrittenOptions[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Throws an ImageError of kind `unsupported` for what cannot be built. */
export function buildPlan(request: PlanRequest): BuildPlan {
  return planOfFormat<BuildPlan>(request, writableFormats);
}

/** The same with other formats. */
export function planOfFormat<Plan extends TreePlan>(
  { hierarchies, sources, environment }: PlanRequest,
  formats: readonly [WritableFormat<Plan>, ...WritableFormat<Plan>[]],
): Plan {
  const name = sources.find(({ format }) => format !== undefined)?.["format"] ?? formats[0].name;
  const format = formats.find((one) => one.name === name);
  if (format === undefined) {
    const names = formats.map((one) => one.name);
    throw new ImageError("unsupported", `images of the format "${name}" cannot be built; use ${alternatives(names)}`);
  }
  const epoch = sourceDateEpoch(environment["SOURCE_DATE_EPOCH"]);
  const tree = { hierarchies, ...(epoch === undefined ? {} : { sourceDateEpoch: epoch }) };
  return format.planOf(tree, optionReader(format.name, sources));
}

/** The format of a plan. Throws a TypeError for a plan of none. */
export function formatOfPlan(plan: TreePlan): WritableFormat;
export function formatOfPlan<Format extends WritableFormat>(plan: TreePlan, formats: readonly Format[]): Format;
export function formatOfPlan(
  { format: name }: TreePlan,
  formats: readonly WritableFormat[] = writableFormats,
): WritableFormat {
  const format = formats.find((one) => one.name === name);
  if (format === undefined) throw new TypeError(`the format "${name}" is not in the table`);
  return format;
}

/** A plan whose options are valid, from one that may come from anywhere. Throws an ImageError for options that are not. */
export function checkedPlan(plan: BuildPlan): BuildPlan {
  const { format, hierarchies, sourceDateEpoch: epoch } = plan;
  const tree = { hierarchies, ...(epoch === undefined ? {} : { sourceDateEpoch: epoch }) };
  return formatOfPlan(plan, writableFormats).planOf(tree, optionReader(format, [writtenIn(plan)]));
}

/**
 * The options of a plan by their keys, in the order of the format; without those that mean nothing in it. `kind` limits
 * them to choices or numbers.
 */
export function optionsOfPlan(
  plan: TreePlan,
  kind?: FormatOption["kind"],
  formats: readonly WritableFormat[] = writableFormats,
): WrittenOptions {
  const written = writtenIn(plan);
  const counting = formatOfPlan(plan, formats).options.filter(
    (option) =>
      (kind === undefined || option.kind === kind) &&
      (!("dependsOn" in option) || option.ranges[String(written[option.dependsOn.key])] !== undefined),
  );
  return Object.fromEntries(counting.map(({ key }) => [key, written[key]]));
}

function writtenIn(plan: TreePlan): WrittenOptions {
  const entries = Object.entries(plan).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return Object.fromEntries(entries);
}

/** What a plan makes, in a few words: the format, and `gzip 6`. */
export function describePlan(plan: TreePlan, formats: readonly WritableFormat[] = writableFormats): string {
  return `${plan.format}, ${formatOfPlan(plan, formats).describe(plan)}`;
}

/** The latest second that images can store. */
const maxTime = 0xffff_ffff;

/** The latest time of a file in an image, by the variable SOURCE_DATE_EPOCH; throws `unsupported` for what is no time. */
export function sourceDateEpoch(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0 && seconds <= maxTime) return seconds;
  throw new ImageError(
    "unsupported",
    `the environment variable SOURCE_DATE_EPOCH is "${text}"; set it to a whole number of seconds since 1970, up to ${maxTime}`,
  );
}
