// Differences between two trees: a line each, or JSON.
import { type Aspect, type ChangedFile, modeText, type TreeChange } from "../../../image/src/index.ts";
import { bytesText, countText } from "./amounts.ts";
import { timeText } from "./listing.ts";
import { printable } from "./printable.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

/** `~ usr/bin/tool  mode 0755 -> 0644, content, +12 bytes`. */
export function changeLine(change: TreeChange): string {
  const { path, change: kind, type } = change;
  const name = type === "directory" ? `${path}/` : path;
  const details = kind === "changed" ? aspectTexts(change) : onlyTexts(change);
  const text = [`${signs[kind]} ${name}`, details.join(", ")].filter((part) => part !== "").join("  ");
  return `${printable(text)}\n`;
}

function onlyTexts({ before, after, type, bytes }: TreeChange): string[] {
  const target = (after ?? before)?.target;
  if (target !== undefined) return [`-> ${target}`];
  return type === "file" ? [signedBytes(bytes)] : type === "directory" ? [] : [type];
}

function aspectTexts({ aspects, before, after, bytes }: TreeChange): string[] {
  const texts = aspects.map((aspect) =>
    before === undefined || after === undefined ? aspect : aspectText(aspect, before, after),
  );
  return bytes === 0 ? texts : [...texts, signedBytes(bytes)];
}

function aspectText(aspect: Aspect, before: ChangedFile, after: ChangedFile): string {
  const arrow = (a: string | number, b: string | number): string => `${aspect} ${a} -> ${b}`;
  switch (aspect) {
    case "type":
      return arrow(before.type, after.type);
    case "mode":
      return `${arrow(octal(before.mode), octal(after.mode))} (${modeText(after)})`;
    case "owner":
      return arrow(`${before.uid}:${before.gid}`, `${after.uid}:${after.gid}`);
    case "mtime":
      return `time ${timeText(before.mtime)} -> ${timeText(after.mtime)}`;
    case "size":
      return `content`;
    case "target":
      return arrow(`"${before.target ?? ""}"`, `"${after.target ?? ""}"`);
    case "xattrs":
      return "extended attributes";
    case "links":
      return "hard links";
    default:
      return aspect;
  }
}

/** The last line, with the totals. */
export function totalLine(changes: readonly TreeChange[]): string {
  if (changes.length === 0) return "no differences\n";
  const counts = (["added", "removed", "changed"] as const).map(
    (kind) => [kind, changes.filter(({ change }) => change === kind).length] as const,
  );
  const parts = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  const bytes = changes.reduce((sum, change) => sum + change.bytes, 0);
  return `${parts.join(", ")}; ${bytes === 0 ? "same total size" : signedBytes(bytes)}\n`;
}

/** `mode` is octal, `mtime` seconds since 1970; `aspects` are there for what both sides have. */
export function changeJson({ path, change, type, aspects, before, after, bytes }: TreeChange): object {
  return {
    path,
    change,
    type,
    ...(change === "changed" ? { aspects } : {}),
    ...(before === undefined ? {} : { before: factsJson(before) }),
    ...(after === undefined ? {} : { after: factsJson(after) }),
    bytes,
  };
}

function factsJson({ type, mode, uid, gid, size, mtime, target }: ChangedFile): object {
  return { type, mode: octal(mode), uid, gid, size, mtime, ...(target === undefined ? {} : { target }) };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function signedBytes(bytes: number): string {
  const amount = Math.abs(bytes) < 1000 ? countText(Math.abs(bytes), "byte") : bytesText(Math.abs(bytes));
  return `${bytes < 0 ? "-" : "+"}${amount}`;
}
