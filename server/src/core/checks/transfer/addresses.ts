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
  title: "Nobody vouches for what is fetched",
  why: "Without a signature the list of files and hashes is as good as the server and the way to it. Extensions run with all rights. Images with a signature of their own, which hosts ask for, do not need this one.",
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
      `with "Verify=${at.entry.node.value.text}" nobody vouches for what is fetched; sign "SHA256SUMS", and write "Verify=yes"`,
    );
  },
};

export const verifyNeedsGpg: UpdateCheck = {
  id: "transfer/verify-needs-gpg",
  severity: "info",
  title: "The list of files has to be signed",
  why: "Unless Verify= says otherwise, systemd-sysupdate fetches SHA256SUMS.gpg as well, and takes nothing without a signature by a key in /etc/systemd/import-pubring.pgp or /usr/lib/systemd/import-pubring.pgp (.gpg up to systemd 257). Verify=yes says that this is meant.",
  example: {
    bad: `${webSource()}\n${target()}`,
    good: webTransfer({}, {}, { Verify: "yes" }),
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    if (facts.open || !isUrlType(facts.sourceType?.text) || definition.mentions("Transfer", "Verify")) return;
    report(
      undefined,
      'hosts ask for a signature "SHA256SUMS.gpg" by a key that they know; write "Verify=yes" if there is one',
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
  why: "Anybody on the way can read and change what is fetched over http. With a signature changes are noticed, but versions can still be held back; without one nothing is noticed, which is a warning.",
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
      `"${sourcePath.text}" is not encrypted${isVerified(facts) ? "" : ", and no signature is asked for"}; write "https://"`,
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
  title: "GitHub has no list of files there",
  why: "The files of a release, SHA256SUMS among them, lie below its tag, so that nothing is found at releases/download without one. At releases/latest/download only the newest release is seen, which is an information.",
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
        `"${sourcePath.text}" shows the files of the newest release alone, so older versions cannot be installed`,
        { severity: "info" },
      );
    } else {
      report(
        sourcePath.at,
        `there is no "SHA256SUMS" at "${sourcePath.text}", since GitHub has the files of a release below its tag; write "…/releases/download/TAG" with a tag whose files you replace`,
      );
    }
  },
};
