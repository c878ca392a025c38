// `sysext publish`: the manifest of a folder of images, its signature, and whether both are right.
import { createAtomicFile } from "../../../image/src/node/index.ts";
import { readDate } from "../../../server/src/core/index.ts";
import {
  checkFolder,
  type HashProgress,
  type Publication,
  type PublicationProblem,
  type PublishRequest,
  publishFolder,
  signatureFault,
  signText,
} from "../../../updates/src/index.ts";
import { checkCount } from "../arguments.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { about, exitStatus, Failure } from "../failure.ts";
import { bytesText, countText } from "../report/amounts.ts";
import { printable } from "../report/printable.ts";
import { progressLine } from "../report/progress.ts";

const positionals = ["DIR"];

export const publishCommand = defineCommand({
  name: "publish",
  summary: "write the manifest of a folder of images, for systemd-sysupdate",
  positionals,
  options: {
    check: { summary: "write nothing; check the existing manifest" },
    sign: { summary: "sign the manifest with gpg, to SHA256SUMS.gpg; with --check, verify that signature" },
    key: { value: "ID", summary: "the signing key: an id, fingerprint or address; default: gpg's default key" },
    unsigned: { summary: "remove the signature of the previous manifest" },
    "best-before": {
      value: "WHEN",
      summary: "the date (2027-01-31) or number of days (30d) after which hosts refuse the manifest",
    },
    force: { summary: "publish files whose content changed under the same name" },
    json: { summary: "print one JSON object instead of the summary" },
  },
  details: [
    "Writes SHA256SUMS with the checksum of each file in DIR, and replaces an existing one atomically.",
    "Not listed are folders, symlinks, hidden files, backups (~), other manifests (SHA256SUMS.*) and",
    "signatures (.asc, .gpg, .sig).",
    "Hosts never fetch a version that they already have, so a file that changed since the last",
    "manifest is refused (exit status 1); give it a new version.",
    "Hosts with systemd 260 or later refuse a manifest when the day of --best-before begins (UTC).",
  ],
  async run({ values, positionals: given }, context) {
    checkCount("publish", positionals, given);
    const [folder = ""] = given;
    const { sign = false, unsigned = false, key } = values;
    if (sign && unsigned) throw new Failure('"--sign" and "--unsigned" cannot be used together');
    if (key !== undefined && !sign) throw new Failure('"--key" requires "--sign"');
    if (values.check) {
      const other = (["key", "unsigned", "best-before", "force"] as const).find((name) => values[name] !== undefined);
      if (other !== undefined) throw new Failure(`"--${other}" and "--check" cannot be used together`);
      return await check(folder, { sign, json: values.json === true }, context);
    }
    const now = Date.now();
    const bestBefore = values["best-before"] === undefined ? undefined : readWhen(values["best-before"], now);
    const { signal } = context;
    const signature: PublishRequest["signature"] = sign
      ? {
          kind: "sign",
          sign: (text) => signText(text, folder, { signal, ...(key === undefined ? {} : { key }) }),
        }
      : unsigned
        ? { kind: "remove" }
        : undefined;
    const request = {
      folder,
      now,
      force: values.force === true,
      createFile: createAtomicFile,
      ...(bestBefore === undefined ? {} : { bestBefore }),
      ...(signature === undefined ? {} : { signature }),
    };
    const publication = await about(folder, () =>
      withProgress(context, (onProgress) => publishFolder(request, { signal, onProgress })),
    );
    await context.stderr.write(publication.notes.map((note) => `${printable(`sysext: ${note}`)}\n`).join(""));
    await context.stderr.write(publication.refused.map((name) => refusal(name)).join(""));
    if (values.json) await context.stdout.write(publicationJson(publication));
    else if (publication.refused.length === 0) await context.stdout.write(publicationText(publication));
    return publication.refused.length === 0 ? exitStatus.done : exitStatus.no;
  },
});

async function check(
  folder: string,
  { sign, json }: { readonly sign: boolean; readonly json: boolean },
  context: CommandContext,
): Promise<number> {
  const { signal, stdout } = context;
  const verify = (text: string, signature: string) => signatureFault(text, signature, signature, signal);
  const request = { folder, now: Date.now(), ...(sign ? { verify } : {}) };
  const problems = await about(folder, () =>
    withProgress(context, (onProgress) => checkFolder(request, { signal, onProgress })),
  );
  const isRight = problems.every(({ kind }) => kind === "doubtful");
  await stdout.write(
    json ? `${JSON.stringify({ folder, right: isRight, problems }, null, 2)}\n` : problemText(problems),
  );
  return isRight ? exitStatus.done : exitStatus.no;
}

async function withProgress<Result>(
  { stderr }: CommandContext,
  work: (onProgress: (progress: HashProgress) => void) => Promise<Result>,
): Promise<Result> {
  const progress = progressLine(stderr);
  try {
    return await work((state) => progress.show({ phase: "write", ...state }));
  } finally {
    await progress.clear();
  }
}

const day = 86_400_000;

/** The day that is asked for; for a number of days the first that does not begin before they are over. */
function readWhen(when: string, now: number): string {
  const days = /^(\d{1,5})d$/.exec(when)?.[1];
  if (days !== undefined) return new Date(Math.ceil(now / day + Number(days)) * day).toISOString().slice(0, 10);
  const date = readDate(when)?.date;
  if (date === undefined)
    throw new Failure(`"${when}" is not a valid date; use a date such as 2027-01-31, or 30d for 30 days`);
  return date;
}

function refusal(name: string): string {
  const reason = "it changed since it was published, and hosts never fetch a version that they already have";
  return printable(`sysext: ${name}: ${reason}; give it a new version, or publish with --force`).concat("\n");
}

function publicationText({ manifest, files, added, changed, removed, ...rest }: Publication): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const news = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  const lines = [
    `${manifest}: ${countText(files.length, "file")}, ${bytesText(bytes)}${news.length > 0 ? `; ${news.join(", ")}` : ""}`,
    ...(rest.written ? [] : ["It is already up to date."]),
    ...(rest.bestBefore === undefined ? [] : [`Hosts refuse it from ${rest.bestBefore} on.`]),
    ...(rest.signed ? ["It is signed."] : ["It is not signed, so hosts accept it only with Verify=no."]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function publicationJson({ manifest, files, added, changed, removed, refused, ...rest }: Publication): string {
  const { bestBefore, signed, written } = rest;
  const object = { manifest, files, added, changed, removed, refused, bestBefore, signed, written };
  return `${JSON.stringify(object, null, 2)}\n`;
}

function problemText(problems: readonly PublicationProblem[]): string {
  return problems
    .map(({ path, line, message }) => printable(`${line === undefined ? path : `${path}:${line}`}: ${message}`))
    .map((line) => `${line}\n`)
    .join("");
}
