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
    check: { summary: "write nothing; say whether the manifest that is there is right" },
    sign: { summary: "sign the manifest with gpg, as SHA256SUMS.gpg; with --check, check that signature" },
    key: { value: "ID", summary: "the key that signs: an id, fingerprint or address; gpg's default when not given" },
    unsigned: { summary: "take away a signature of the manifest as it was" },
    "best-before": {
      value: "WHEN",
      summary: "a day such as 2027-01-31, or a number of days such as 30d, after which hosts refuse the manifest",
    },
    force: { summary: "publish files that have changed under their name" },
    json: { summary: "one JSON object in place of the summary" },
  },
  details: [
    "Writes SHA256SUMS with the checksum of each file in DIR, and replaces an older one at once.",
    "Left out are folders, symlinks, hidden files, backups (~), other manifests (SHA256SUMS.*) and",
    "signatures (.asc, .gpg, .sig).",
    "A host that has a version never fetches it again, so a file that has changed since the last",
    "manifest is refused with status 1; give it a new version.",
    "Hosts with systemd 260 or later refuse a manifest when the day of --best-before begins (UTC).",
  ],
  async run({ values, positionals: given }, context) {
    checkCount("publish", positionals, given);
    const [folder = ""] = given;
    const { sign = false, unsigned = false, key } = values;
    if (sign && unsigned) throw new Failure('"--sign" and "--unsigned" exclude each other');
    if (key !== undefined && !sign) throw new Failure('"--key" names a key to sign with; give "--sign" as well');
    if (values.check) {
      const other = (["key", "unsigned", "best-before", "force"] as const).find((name) => values[name] !== undefined);
      if (other !== undefined) throw new Failure(`"--${other}" writes something, and "--check" nothing; leave one out`);
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
  if (date === undefined) throw new Failure(`"${when}" is no day; write one such as 2027-01-31, or 30d for 30 days`);
  return date;
}

function refusal(name: string): string {
  const reason = "it changed since it was published, and hosts that have this version never fetch it again";
  return printable(`sysext: ${name}: ${reason}; give it a new version, or publish with --force`).concat("\n");
}

function publicationText({ manifest, files, added, changed, removed, ...rest }: Publication): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const news = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(removed.length > 0 ? [`${removed.length} no longer there`] : []),
  ];
  const lines = [
    `${manifest}: ${countText(files.length, "file")}, ${bytesText(bytes)}${news.length > 0 ? `; ${news.join(", ")}` : ""}`,
    ...(rest.written ? [] : ["It was right already."]),
    ...(rest.bestBefore === undefined ? [] : [`Hosts refuse it from ${rest.bestBefore} on.`]),
    ...(rest.signed ? ["It is signed."] : ["It is not signed, so hosts take it only with Verify=no."]),
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
