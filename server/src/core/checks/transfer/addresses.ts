// Sources at addresses: who vouches for what is fetched, and whether there is anything.

import { readBoolean } from "../../values/choices.ts";
import type { UpdateCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { target, webSource, webTransfer } from "./example-texts.ts";
import { isUrlType, readTransfer, sectionSpan, type TransferFacts } from "./transfer-facts.ts";

/** The last value that can be read, else the default. */
function isVerified({ definition }: TransferFacts): boolean {
  const read = definition.all("Transfer", "Verify").map(({ entry }) => readBoolean(entry.node.value.text));
  return read.findLast((value) => value !== undefined) ?? true;
}

export const verifyOff: UpdateCheck = {
  id: "transfer/verify-off",
  severity: "info",
  title: "Downloads without a verified signature",
  why: "Without a signature, the list of files and hashes is only as trustworthy as the server and the connection, and extensions run with full privileges. It is not needed if hosts require signed images.",
  example: {
    bad: webTransfer({}, {}, { Verify: "no" }),
    good: webTransfer({}, {}, { Verify: "yes" }),
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    if (!isUrlType(facts.sourceType?.text) || isVerified(facts)) return;
    const at = definition.last("Transfer", "Verify");
    if (at === undefined) return;
    report(
      at,
      `with "Verify=${at.entry.node.value.text}", downloads are not verified; sign "SHA256SUMS", and set "Verify=yes"`,
    );
  },
};

export const verifyNeedsGpg: UpdateCheck = {
  id: "transfer/verify-needs-gpg",
  severity: "info",
  title: "The list of files must be signed",
  why: "Unless Verify= is set to no, systemd-sysupdate also downloads SHA256SUMS.gpg, and installs nothing without a signature by a key in /etc/systemd/import-pubring.pgp or /usr/lib/systemd/import-pubring.pgp (.gpg up to systemd 257). Verify=yes makes this explicit.",
  example: {
    bad: `${webSource()}\n${target()}`,
    good: webTransfer({}, {}, { Verify: "yes" }),
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    if (facts.open || !isUrlType(facts.sourceType?.text) || definition.mentions("Transfer", "Verify")) return;
    report(
      undefined,
      'hosts require a signature "SHA256SUMS.gpg" by a key that they trust; set "Verify=yes" if there is one',
      sectionSpan(definition, "Source"),
    );
  },
};

/** Names of the machine itself, and addresses that are reached without leaving it. */
const loopback = /^http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?=[:/]|$)/;

export const http: UpdateCheck = {
  id: "transfer/http",
  severity: "info",
  title: "An address without encryption",
  why: "Anyone on the network path can read and change http downloads. With a signature, changes are detected, but versions can still be withheld; without one, nothing is detected, which is a warning.",
  example: {
    bad: webTransfer({ Path: "http://example.com/demo" }),
    good: webTransfer({ Path: "http://localhost:8080/demo" }),
    fixed: [{ text: webTransfer() }],
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    const { sourcePath, sourceType } = facts;
    if (sourcePath === undefined || !isUrlType(sourceType?.text)) return;
    if (!sourcePath.text.startsWith("http://") || loopback.test(sourcePath.text)) return;
    const { span } = sourcePath.at.entry.node.value;
    report(
      sourcePath.at,
      `"${sourcePath.text}" is not encrypted${isVerified(facts) ? "" : ", and no signature is required"}; use "https://"`,
      {
        severity: isVerified(facts) ? "info" : "warning",
        fixes: [replaceWith({ start: span.start, end: span.start + "http".length }, "https", 'Change to "https"')],
      },
    );
  },
};

/** The pages of a repository's releases that are of no single one. */
const githubReleases =
  /^https?:\/\/(?:www\.)?github\.com\/[^/]+\/[^/]+\/releases(\/latest\/download|\/download|\/latest)?\/*$/;

export const githubLayout: UpdateCheck = {
  id: "transfer/github-layout",
  severity: "error",
  title: "GitHub has no list of files at this address",
  why: "The files of a release, including SHA256SUMS, are below its tag, so nothing is found at releases/download without a tag. releases/latest/download shows only the newest release, which is an information.",
  example: {
    bad: webTransfer({ Path: "https://github.com/example/demo/releases/download" }),
    good: webTransfer({ Path: "https://github.com/example/demo/releases/download/demo" }),
  },
  run(definition, _context, report) {
    const { sourcePath, sourceType } = readTransfer(definition);
    if (sourcePath === undefined || !isUrlType(sourceType?.text)) return;
    const match = githubReleases.exec(sourcePath.text);
    if (match === null) return;
    if (match[1] === "/latest/download") {
      report(
        sourcePath.at,
        `"${sourcePath.text}" has only the files of the newest release, so older versions cannot be installed`,
        { severity: "info" },
      );
    } else {
      report(
        sourcePath.at,
        `there is no "SHA256SUMS" at "${sourcePath.text}" because GitHub stores the files of a release below its tag; use "…/releases/download/TAG" with a tag whose files you replace`,
      );
    }
  },
};
