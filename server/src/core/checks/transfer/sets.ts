// Definitions that count together: what they mean to each other.
import { readUnit } from "../../model/unit.ts";
import type { UpdateContext } from "../../model/update-context.ts";
import { transfersOf, type UpdateSet } from "../../model/update-set.ts";
import { matchPattern } from "../../updates/match-pattern.ts";
import { parsePattern } from "../../values/parse-pattern.ts";
import type { UpdateCheck, UpdateFacts } from "../check.ts";
import type { Fix } from "../finding.ts";
import { extensionTarget, feature, transfer, webSource } from "./example-texts.ts";
import { isOfExtension } from "./places.ts";
import {
  nameInPattern,
  readTransfer,
  storedPatterns,
  type TransferFacts,
  type WrittenPattern,
} from "./transfer-facts.ts";

/** The transfers of a set that systemd reads, once for all of them. */
const known = new WeakMap<UpdateSet, { readonly systemd: number; readonly transfers: readonly TransferFacts[] }>();

function transfersIn(set: UpdateSet, systemd: number): readonly TransferFacts[] {
  const before = known.get(set);
  if (before?.systemd === systemd) return before.transfers;
  const transfers = transfersOf(set, systemd)
    .filter(({ main }) => main !== undefined)
    .map((definition) => readTransfer({ ...definition, ...readUnit(definition) }));
  known.set(set, { systemd, transfers });
  return transfers;
}

/** The other transfers of the set that systemd reads, in their order; none for one that it does not read itself. */
function siblings({ main }: UpdateFacts, { set, systemd }: UpdateContext): readonly TransferFacts[] {
  const read = set === undefined ? [] : transfersIn(set, systemd);
  const others = read.filter(({ definition }) => definition.main?.path !== main?.path);
  return others.length === read.length ? [] : others;
}

function fileOf({ definition: { location } }: TransferFacts): string {
  return `${location.id}${location.suffix}`;
}

/** Whether one transfer is handled before another. */
function isBefore(a: TransferFacts, b: TransferFacts): boolean {
  return fileOf(a) < fileOf(b);
}

const featureName = /^[A-Za-z0-9_.-]+$/;

export const featureUndefined: UpdateCheck = {
  id: "transfer/feature-undefined",
  severity: "warning",
  title: "An undefined feature",
  why: "A feature without a file NAME.feature beside the transfers is always off, and so are the transfers that require it.",
  since: 257,
  example: {
    badTree: { "usr/lib/sysupdate.demo.d/demo.transfer": `[Transfer]\nFeatures=tools\n\n${transfer()}` },
    goodTree: {
      "usr/lib/sysupdate.demo.d/demo.transfer": `[Transfer]\nFeatures=tools\n\n${transfer()}`,
      "usr/lib/sysupdate.demo.d/tools.feature": feature({ Description: "Tools", Enabled: "no" }),
    },
    fixed: [{ files: { "usr/lib/sysupdate.demo.d/tools.feature": feature({ Description: "tools", Enabled: "no" }) } }],
  },
  run(definition, { set, location, systemd }, report) {
    if (set === undefined || location === undefined || systemd < 257) return;
    const known = new Set(set.definitions.flatMap(({ location: { kind, id } }) => (kind === "feature" ? id : [])));
    for (const setting of ["Features", "RequisiteFeatures"]) {
      for (const at of definition.all("Transfer", setting)) {
        if (at.entry.open) continue;
        const { value } = at.entry.node;
        for (const name of new Set(value.text.split(/\s+/))) {
          if (!featureName.test(name) || known.has(name)) continue;
          const fixes: Fix[] =
            location.folder === undefined
              ? []
              : [
                  {
                    title: `Create "${name}.feature"`,
                    changes: [
                      {
                        kind: "write",
                        path: `${location.folder}/${name}.feature`,
                        text: feature({ Description: name, Enabled: "no" }),
                      },
                    ],
                  },
                ];
          report(
            at,
            `the feature "${name}" is not defined, so it is always off; create "${name}.feature" beside the transfer`,
            {
              fixes,
              // Others may define features of the system itself.
              severity: location.component === undefined || location.folder === undefined ? "info" : "warning",
            },
          );
        }
      }
    }
  },
};

function originOf(address: string): string {
  return /^https?:\/\/[^/]*/.exec(address)?.[0] ?? "";
}

export const sharedComponent: UpdateCheck = {
  id: "transfer/shared-component",
  severity: "warning",
  title: "Unrelated extensions that are only updated together",
  why: "All transfers of a set are updated to one version, which the source of each of them must have. Extensions with independent versions each need a component: sysupdate.NAME.d.",
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": `[Transfer]\nVerify=yes\n\n${webSource()}\n${extensionTarget()}`,
      "usr/lib/sysupdate.demo.d/20-tools.transfer": `[Transfer]\nVerify=yes\n\n${webSource({ Path: "https://example.org/tools", MatchPattern: "tools_@v.raw" })}\n${extensionTarget({ MatchPattern: "tools_@v.raw", CurrentSymlink: "/var/lib/extensions/tools.raw" })}`,
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": `[Transfer]\nVerify=yes\n\n${webSource()}\n${extensionTarget()}`,
      "usr/lib/sysupdate.demo.d/20-tools.transfer": `[Transfer]\nVerify=yes\n\n${webSource({ MatchPattern: "tools_@v.raw" })}\n${extensionTarget({ MatchPattern: "tools_@v.raw", CurrentSymlink: "/var/lib/extensions/tools.raw" })}`,
    },
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const { sourcePath, sourcePatterns } = facts;
    if (sourcePath === undefined || facts.open || !isOfExtension(facts) || isBoundToSystem(facts)) return;
    const name = sourcePatterns[0] === undefined ? undefined : nameInPattern(sourcePatterns[0]);
    const first = siblings(definition, context).find(
      (other) => isBefore(other, facts) && isOfExtension(other) && !isBoundToSystem(other) && !other.open,
    );
    if (first?.sourcePath === undefined || first.sourcePatterns[0] === undefined || name === undefined) return;
    const otherName = nameInPattern(first.sourcePatterns[0]);
    const [here, there] = [sourcePath.text, first.sourcePath.text].map((path) => path.replace(/\/+$/, ""));
    if (otherName === undefined || otherName === name || here === there) return;
    const isApart = originOf(sourcePath.text) !== originOf(first.sourcePath.text);
    report(
      sourcePath.at,
      `"${name}" is only updated to versions that "${otherName}" in "${fileOf(first)}" has too; move it to "sysupdate.${name}.d" unless their versions are the same`,
      { severity: isApart ? "warning" : "info" },
    );
  },
};

/** Whether its versions are those of the host's system. */
function isBoundToSystem({ definition }: TransferFacts): boolean {
  return definition.all("Transfer", "ProtectVersion").some(({ entry }) => /%[ABMwWo]/.test(entry.node.value.text));
}

/** What makes a tree that of a configuration extension. */
const confext = { "etc/extension-release.d/extension-release.demo": "ID=_any\n" };

export const noopDefault: UpdateCheck = {
  id: "transfer/noop-default",
  severity: "info",
  title: "The system itself has no transfer",
  why: "systemd-sysupdate.service updates the system's own set, and fails if that contains no transfer, even if all components are fine. A transfer that matches nothing avoids this.",
  example: {
    badTree: { ...confext, "etc/sysupdate.demo.d/demo.transfer": transfer() },
    goodTree: {
      ...confext,
      "etc/sysupdate.demo.d/demo.transfer": transfer(),
      "etc/sysupdate.d/noop.transfer":
        "[Source]\nType=regular-file\nPath=/\nMatchPattern=invalid@v.raw\n\n[Target]\nType=regular-file\nPath=/\n",
    },
    fixed: ["good"],
  },
  run(definition, { set, hasSystemSet, location, systemd }, report) {
    if (hasSystemSet !== false || set?.component === undefined || location?.folder === undefined) return;
    // What lies in /etc is a machine's; an extension cannot know what its hosts have.
    if (!location.folder.startsWith("etc/")) return;
    if (transfersOf(set, systemd)[0]?.main?.path !== definition.main?.path) return;
    const path = `etc/sysupdate.d/noop${location.suffix}`;
    const text = transfer({ Path: "/", MatchPattern: "invalid@v.raw" }, { Path: "/", MatchPattern: "" });
    report(
      undefined,
      `"systemd-sysupdate.service" fails if only components have transfers; add "${path}" with a pattern that matches nothing, or start "systemd-sysupdate -C ${set.component}" instead`,
      { fixes: [{ title: `Create "${path}"`, changes: [{ kind: "write", path, text }] }] },
    );
  },
};

export const setDiffers: UpdateCheck = {
  id: "transfer/set-differs",
  severity: "info",
  title: "Transfers of one set keep different versions",
  why: "A version can be used only if all transfers of the set have it. If one keeps fewer versions than another, or protects other versions, the remaining files only use space.",
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer({}, { InstancesMax: "2" }),
      "usr/lib/sysupdate.demo.d/20-tools.transfer": transfer(
        { MatchPattern: "tools_@v.raw" },
        { MatchPattern: "tools_@v.raw", InstancesMax: "4" },
      ),
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer({}, { InstancesMax: "3" }),
      "usr/lib/sysupdate.demo.d/20-tools.transfer": transfer(
        { MatchPattern: "tools_@v.raw" },
        { MatchPattern: "tools_@v.raw" },
      ),
    },
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    if (facts.open) return;
    // Siblings come in their order, so that this is the first of all.
    const first = siblings(definition, context).find((other) => isBefore(other, facts) && !other.open);
    if (first === undefined) return;
    const [kept, others] = [instancesOf(facts), instancesOf(first)];
    if (kept !== undefined && others !== undefined && kept !== others) {
      report(
        definition.last("Target", "InstancesMax"),
        `this transfer keeps ${kept} versions, but "${fileOf(first)}" ${others}; use the same number`,
      );
    }
    const [own, theirs] = [protectedBy(facts), protectedBy(first)];
    if (own !== theirs) {
      report(
        definition.last("Transfer", "ProtectVersion"),
        own === ""
          ? `"${fileOf(first)}" protects "${theirs}", but this transfer does not; use the same "ProtectVersion="`
          : `this protects "${own}", and "${fileOf(first)}" ${theirs === "" ? "nothing" : `"${theirs}"`}; write the same "ProtectVersion="`,
      );
    }
  },
};

/** How many versions of files are kept; undefined for partitions, of which there are as many as there are. */
function instancesOf({ definition, targetType }: TransferFacts): string | undefined {
  if (targetType === undefined || targetType === "partition") return undefined;
  const text = definition.text("Target", "InstancesMax") ?? "3";
  // Fewer than two are none.
  return /^[01]$/.test(text) ? "2" : text;
}

function protectedBy({ definition }: TransferFacts): string {
  const versions = definition.all("Transfer", "ProtectVersion").map(({ entry }) => entry.node.value.text);
  return [...new Set(versions)].sort().join(", ");
}

/** A name that a pattern matches, with the version "1"; undefined where a specifier or another field is in it. */
function sampleName({ pattern }: WrittenPattern): string | undefined {
  const texts = pattern.parts.map((part) => {
    if (part.kind === "literal") return part.text;
    if (part.kind === "slash") return "/";
    if (part.kind === "specifier") return `s${part.letter}s`;
    return part.kind === "wildcard" ? sampleFields[part.wildcard.letter] : undefined;
  });
  return texts.includes(undefined) ? undefined : texts.join("");
}

const sampleFields: Readonly<Record<string, string>> = {
  v: "1",
  u: "0123456789abcdef0123456789abcdef",
  f: "0",
  a: "0",
  g: "0",
  r: "0",
  t: "0",
  m: "644",
  s: "0",
  d: "0",
  l: "0",
  h: "0".repeat(64),
};

/** A pattern with words in place of specifiers, so that names can be matched against it. */
function withoutSpecifiers({ text }: WrittenPattern) {
  const plain = text.replaceAll(/%(.)/g, (whole, letter: string) =>
    letter === "%" ? "%" : /[A-Za-z0-9]/.test(letter) ? `s${letter}s` : whole,
  );
  return parsePattern(plain, { specifiers: false });
}

/** Transfers of a set that one is held against; no set has as many. */
const maxComparedTransfers = 100;

export const greedyTail: UpdateCheck = {
  id: "transfer/greedy-tail",
  severity: "info",
  title: "A pattern that also matches the files of another transfer",
  why: "A wildcard at the end of a pattern matches the rest of a name. Up to systemd 260, a name may also continue after the end of the pattern, so demo_@v.raw matches demo_1.raw.sig too, and either file may be used.",
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer(),
      "usr/lib/sysupdate.demo.d/20-index.transfer": transfer(
        { MatchPattern: "demo_@v.raw.index" },
        { MatchPattern: "demo_@v.index" },
      ),
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/10-demo.transfer": transfer(),
      "usr/lib/sysupdate.demo.d/20-index.transfer": transfer(
        { MatchPattern: "index_@v.raw" },
        { MatchPattern: "demo_@v.index" },
      ),
    },
    systemd: 257,
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    if (facts.open) return;
    for (const other of siblings(definition, context).slice(0, maxComparedTransfers)) {
      const found =
        (isSamePlace(facts, other, "Source") && overlap(facts.sourcePatterns, other.sourcePatterns, context.systemd)) ||
        (isSamePlace(facts, other, "Target") && overlap(storedPatterns(facts), storedPatterns(other), context.systemd));
      if (!found) continue;
      report(
        found.mine.at,
        `"${found.mine.text}" also matches "${found.name}", a version of "${fileOf(other)}"; use names of which none is a prefix of the other`,
        { span: found.mine.span },
      );
      return;
    }
  },
};

/** Whether two transfers look at the same files or partitions. */
function isSamePlace(a: TransferFacts, b: TransferFacts, section: "Source" | "Target"): boolean {
  const path = (facts: TransferFacts) =>
    (section === "Source" ? facts.sourcePath : facts.targetPath)?.text.replace(/\/+$/, "");
  const type = (facts: TransferFacts) => (section === "Source" ? facts.sourceType?.text : facts.targetType);
  const slot = ({ definition }: TransferFacts) => definition.text("Target", "MatchPartitionType") ?? "linux-generic";
  const root = ({ definition }: TransferFacts) => definition.text(section, "PathRelativeTo") ?? "root";
  if (path(a) === undefined || path(a) !== path(b) || type(a) !== type(b) || root(a) !== root(b)) return false;
  return type(a) !== "partition" || slot(a) === slot(b);
}

function overlap(
  mine: readonly WrittenPattern[],
  others: readonly WrittenPattern[],
  systemd: number,
): { readonly mine: WrittenPattern; readonly name: string } | undefined {
  for (const written of mine) {
    const plain = withoutSpecifiers(written);
    if (plain.faults.length > 0 || mine.length * others.length > 100) continue;
    for (const other of others) {
      // Two transfers of the same files are no slip.
      if (other.text === written.text || other.pattern.faults.length > 0) continue;
      const name = sampleName(other);
      if (name === undefined) continue;
      const match = matchPattern(plain, name, systemd);
      if (match.matches && !others.some((candidate) => candidate.text === written.text)) return { mine: written, name };
    }
  }
  return undefined;
}
