// Transfers of extensions beside what is known of these: their names, and which hosts they are for.
import { architectureAliases, architectures } from "../../tables/architectures.ts";
import type { UpdateCheck } from "../check.ts";
import type { Change } from "../finding.ts";
import { extensionTarget, source, webSource } from "./example-texts.ts";
import { extensionOf, isOfExtension } from "./places.ts";
import { nameInPattern, prefixOf, readTransfer, storedPatterns, type TransferFacts } from "./transfer-facts.ts";

/** Whether two names are of the same thing, as far as one can see. */
function isAlike(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
  if (left === undefined || right === undefined || left === "" || right === "") return true;
  return left.includes(right) || right.includes(left) || left.slice(0, 3) === right.slice(0, 3);
}

/** What the symlink, the component, the file and the source's folder call the extension. */
function namesAround({ definition, sourcePath, symlink }: TransferFacts) {
  const link = symlink === undefined ? undefined : /([^/%]+?)\.raw$/.exec(symlink.text)?.[1];
  const { id, component } = definition.location;
  const folder = /([^/%]+)\/*$/.exec(sourcePath?.text ?? "")?.[1];
  const features = definition.all("Transfer", "Features").flatMap(({ entry }) => entry.node.value.text.split(/\s+/));
  const others = [id.replace(/^\d+[-_.]?/, ""), component, folder, ...features].filter((name) => name !== undefined);
  return { link, others: others.filter((name) => name !== "") };
}

export const patternNameMismatch: UpdateCheck = {
  id: "transfer/pattern-name-mismatch",
  severity: "warning",
  title: "A pattern for another extension",
  why: "If the symlink and the name of the definition agree, a pattern that begins with another name was probably copied, and installs another extension.",
  example: {
    badTree: {
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source({ MatchPattern: "other_@v.raw" })}\n${extensionTarget({ MatchPattern: "other_@v.raw" })}`,
    },
    goodTree: {
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source({ MatchPattern: "my-demo_@v.raw" })}\n${extensionTarget({ MatchPattern: "my-demo_@v.raw" })}`,
    },
    fixed: [{ files: { "usr/lib/sysupdate.demo.d/demo.transfer": `${source()}\n${extensionTarget()}` } }],
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    const [first] = facts.sourcePatterns;
    if (facts.open || first === undefined || !isOfExtension(facts)) return;
    const name = nameInPattern(first);
    const { link, others } = namesAround(facts);
    if (name === undefined || link === undefined || isAlike(name, link)) return;
    if (others.some((other) => isAlike(name, other)) || !others.includes(link)) return;
    const changes: Change[] = [...facts.sourcePatterns, ...facts.targetPatterns].flatMap((written): Change[] => {
      if (nameInPattern(written) !== name || written.at.source !== first.at.source) return [];
      if (!written.text.startsWith(prefixOf(written))) return [];
      const { start } = written.span;
      return [{ kind: "edit", span: { start, end: start + name.length }, text: link }];
    });
    report(first.at, `the pattern is for "${name}", but everything else here is for "${link}"; use "${link}"`, {
      span: first.span,
      fixes: changes.length === 0 ? [] : [{ title: `Replace "${name}" with "${link}"`, changes }],
    });
  },
};

/** Whether an address or a pattern has one of these specifiers or words. */
function mentions({ sourcePath, sourcePatterns }: TransferFacts, what: RegExp): boolean {
  return [sourcePath?.text ?? "", ...sourcePatterns.map(({ text }) => text)].some((text) => what.test(text));
}

const releaseExample = { "usr/lib/extension-release.d/extension-release.demo": "ID=fedora\nVERSION_ID=42\n" };

export const osBoundWithoutW: UpdateCheck = {
  id: "transfer/os-bound-without-w",
  severity: "info",
  title: "Versions for different releases of the system have the same name",
  why: "The extension is bound to one version of the system. After an update of the system, the host needs another build of the extension, which a pattern with %w, the host's VERSION_ID, finds.",
  example: {
    badTree: {
      ...releaseExample,
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source({ MatchPattern: "demo_@v.raw" })}\n${extensionTarget()}`,
    },
    goodTree: {
      ...releaseExample,
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source({ MatchPattern: "demo_@v_%w.raw" })}\n${extensionTarget()}`,
    },
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const [first] = facts.sourcePatterns;
    const release = extensionOf(facts, context)?.release;
    const version = release?.get("VERSION_ID");
    const id = release?.get("ID");
    if (facts.open || first === undefined || version === undefined || id === undefined || id === "_any") return;
    if (release?.has("SYSEXT_LEVEL") === true || release?.has("CONFEXT_LEVEL") === true) return;
    if (
      mentions(facts, /%[wABWoM]/) ||
      mentions(facts, new RegExp(`(?<!\\d)${version.replaceAll(/\W/g, "\\$&")}(?!\\d)`))
    ) {
      return;
    }
    report(
      first.at,
      `the extension is only for "VERSION_ID=${version}", but "${first.text}" is the same for all versions of the system; add "%w", the host's VERSION_ID`,
      { span: first.span },
    );
  },
};

const architectureNames = new Set([...architectures, ...architectureAliases.keys()]);

function hasArchitecture(facts: TransferFacts): boolean {
  const texts = [facts.sourcePath?.text ?? "", ...facts.sourcePatterns.map(({ text }) => text)];
  return texts.some((text) => /%[am]/.test(text) || [...architectureNames].some((name) => text.includes(name)));
}

const architectureExample = {
  "usr/lib/extension-release.d/extension-release.demo": "ID=_any\nARCHITECTURE=x86-64\n",
};

export const archUnscoped: UpdateCheck = {
  id: "transfer/arch-unscoped",
  severity: "info",
  title: "Versions for different architectures have the same name",
  why: "The extension is for one architecture. Without %a in the pattern, or an architecture in the address, hosts with another one download images that they then reject.",
  example: {
    badTree: {
      ...architectureExample,
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source()}\n${extensionTarget()}`,
    },
    goodTree: {
      ...architectureExample,
      "usr/lib/sysupdate.demo.d/demo.transfer": `${source({ MatchPattern: "demo_@v_%a.raw" })}\n${extensionTarget()}`,
    },
  },
  run(definition, context, report) {
    const facts = readTransfer(definition);
    const [first] = facts.sourcePatterns;
    const architecture = extensionOf(facts, context)?.release?.get("ARCHITECTURE");
    if (facts.open || first === undefined || architecture === undefined || architecture === "_any") return;
    if (hasArchitecture(facts)) return;
    report(
      first.at,
      `the extension is only for "ARCHITECTURE=${architecture}", but "${first.text}" is the same for all architectures; add "%a", the host's architecture`,
      { span: first.span },
    );
  },
};

export const protectVersion: UpdateCheck = {
  id: "transfer/protect-version",
  severity: "info",
  title: "A protected version that never exists",
  why: "ProtectVersion= is a version of the files that the transfer stores. %A is the version of the system's image, which an extension with its own versions never has.",
  example: {
    bad: `[Transfer]\nProtectVersion=%A\nVerify=yes\n\n${webSource()}\n${extensionTarget()}`,
    good: `[Transfer]\nProtectVersion=1.0\nVerify=yes\n\n${webSource()}\n${extensionTarget()}`,
    fixed: [{ text: `[Transfer]\nVerify=yes\n\n${webSource()}\n${extensionTarget()}` }],
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    if (definition.location.component === undefined || !isOfExtension(facts)) return;
    if (storedPatterns(facts).some(({ text }) => text.includes("%A"))) return;
    for (const at of definition.all("Transfer", "ProtectVersion")) {
      const { value, span, name } = at.entry.node;
      if (value.text !== "%A") continue;
      report(
        at,
        `"${value.text}" is the version of the system's image, but "${definition.location.component}" has its own versions; remove "${name}=" unless they are the same`,
        { fixes: [{ title: `Remove "${name}"`, changes: [{ kind: "edit", span, text: "" }] }] },
      );
    }
  },
};
