// What is in an image and what hosts make of it; shared/src/image-requests.ts has the request's contract.
import {
  type ImageFinding,
  type ImageReport,
  type ImageReportParams,
  imageReportRequest,
} from "../../../../shared/src/image-requests.ts";
import { lineIndex, summarizePrograms, unitStarts } from "../../core/index.ts";
import { guard } from "../guard.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../session.ts";
import { textOf } from "../tree-findings.ts";
import type { ReadTree } from "../tree-store.ts";
import { imageRoot } from "../uris.ts";
import { toVerdict } from "./whole-trees.ts";

/** Nobody reads more, and an image may have any number. */
const maxUnits = 2000;
const maxFindings = 1000;
const maxTextLength = 64 * 1024;

const nothing = {
  releaseFiles: [],
  verdicts: [],
  hostsNamed: false,
  units: [],
  programs: { architectures: [], missing: [] },
  findings: [],
} as const;

export function handleImageReport({ connection, analysis, log }: Session, platform: Platform): void {
  connection.onRequest(
    imageReportRequest,
    guard<ImageReportParams, ImageReport | null>(imageReportRequest, log, null, async ({ uri }) => {
      if (typeof uri !== "string") return null;
      const root = imageRoot(uri);
      const tree = platform.folderTree(root);
      if (tree === undefined) return null;
      try {
        await tree.list("");
      } catch (error) {
        return { ...nothing, problem: error instanceof Error ? error.message : String(error) };
      }
      // The image may have been written again without an event of any editor.
      analysis.rereadFile(root);
      analysis.treesChanged([root]);
      const read = await analysis.readTree(root);
      return read === undefined ? null : await reportOf(read);
    }),
  );
}

async function reportOf(tree: ReadTree): Promise<ImageReport> {
  const { extension, releases } = tree.facts;
  const isExtension = extension.releaseFiles.length > 0;
  return {
    ...(isExtension ? { name: extension.name, class: extension.class } : {}),
    releaseFiles: [...releases].map(([path, { text }]) => ({ path, text: text.slice(0, maxTextLength) })),
    verdicts: tree.verdicts.map(toVerdict),
    hostsNamed: tree.hostsNamed,
    units: unitStarts(tree.facts)
      .slice(0, maxUnits)
      .map(({ name, path, description, startedBy }) => ({
        name,
        path,
        ...(description === undefined ? {} : { description }),
        startedBy,
      })),
    programs: summarizePrograms(tree.facts),
    findings: await findingsOf(tree),
  };
}

/** By file and place, as the command line lists them. */
async function findingsOf(tree: ReadTree): Promise<ImageFinding[]> {
  const byFile = Map.groupBy(await tree.allFindings(), ({ path }) => path);
  const found: ImageFinding[] = [];
  for (const [path, inFile] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const text = textOf(tree, path);
    const lines = text === undefined ? undefined : lineIndex(text);
    for (const { check, severity, message, span } of [...inFile].sort((a, b) => a.span.start - b.span.start)) {
      const line = lines === undefined ? {} : { line: lines.position(span.start).line + 1 };
      found.push({ path, check, severity, message, ...line });
    }
  }
  return found.slice(0, maxFindings);
}
