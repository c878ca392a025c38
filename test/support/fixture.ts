// The fixture language: trees of files in one text, with the findings written below what they are about.
//
//   #- usr/lib/extension-release.d/extension-release.demo      a file of the tree; its lines follow
//   ARCHITECTURE=amd64
//   #            ^^^^^ error[er/architecture-invalid]: …       marks the line above
//   #^^ …                                                      the same for a stretch that begins the line
//   #   ^^> …                                                  it goes on behind the end of the line
//   #   | …                                                    nothing long, in front of the column of the |
//   #? usr/lib/extension-release.d/extension-release.demo      no file, but findings say that it should be there
//
// Without a first line of that kind the text is the release file of an extension called "demo". A finding is about the
// beginning of a file where no line is above it. Without its message a finding may say anything. What begins in the
// second column of a line cannot be marked, as the # of the mark's own line is before that.
import type { Severity, Span } from "../../server/src/core/index.ts";

export const demoRelease = "usr/lib/extension-release.d/extension-release.demo";

/** A finding as it is expected, or as it was found. */
export interface Mark {
  readonly span: Span;
  readonly severity: Severity;
  readonly check: string;
  /** Left out where any message will do. */
  readonly message?: string;
  /** Whether the span goes on to other lines; where it ends is then not told. */
  readonly beyond?: boolean;
}

export interface FixtureFile {
  readonly path: string;
  /** False for a file that is missing. */
  readonly there: boolean;
  /** Without the marks. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

const header = /^#(-|\?) (\S.*)$/;
const looksLikeMark = /^#[ \t]*[\^|]/;
const markLine = /^#([ \t]*)(\^+|\|)(>?) (error|warning|info|hint)\[([^\]]+)\](?:: (.+))?$/;

interface OpenFile {
  readonly path: string;
  readonly there: boolean;
  text: string;
  readonly marks: Mark[];
}

/** Reads a fixture. Throws for a mark that cannot be read, and for a file that is there twice. */
export function parseFixture(fixture: string): FixtureFile[] {
  const files: OpenFile[] = [];
  let lineStart = 0;
  for (const line of fixture.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const [, kind, path] = header.exec(line.trimEnd()) ?? [];
    if (path !== undefined) {
      if (files.some((file) => file.path === path)) throw new Error(`the fixture has "${path}" twice`);
      files.push({ path, there: kind === "-", text: "", marks: [] });
      lineStart = 0;
      continue;
    }
    const file = files.at(-1) ?? openFirst(files);
    if (looksLikeMark.test(line)) {
      file.marks.push(parseMark(line.trimEnd(), lineStart, file.text));
    } else {
      if (!file.there) throw new Error(`"${file.path}" is missing in the fixture, and yet it has the line "${line}"`);
      lineStart = file.text.length;
      file.text += line;
    }
  }
  if (files.length === 0) openFirst(files);
  return files;
}

function openFirst(files: OpenFile[]): OpenFile {
  const file = { path: demoRelease, there: true, text: "", marks: [] };
  files.push(file);
  return file;
}

function parseMark(line: string, lineStart: number, text: string): Mark {
  const [, blanks = "", sign = "", beyond, severity, check, message] = markLine.exec(line) ?? [];
  if (severity === undefined || check === undefined || !isSeverity(severity)) {
    throw new Error(`"${line}" marks a line, but it is not of the form "#  ^^^ error[check]: message"`);
  }
  const start = lineStart + (blanks === "" ? 0 : blanks.length + 1);
  const end = start + (sign === "|" ? 0 : sign.length);
  if (end > lineStart + lineLength(text, lineStart)) throw new Error(`"${line}" marks more than the line above has`);
  return {
    span: { start, end },
    severity,
    check,
    ...(message === undefined ? {} : { message }),
    ...(beyond === ">" ? { beyond: true } : {}),
  };
}

function isSeverity(word: string): word is Severity {
  return ["error", "warning", "info", "hint"].includes(word);
}

/** Writes a fixture with the marks below their lines, in the order of the text. */
export function renderFixture(files: readonly FixtureFile[]): string {
  const [first] = files;
  const bare = first?.path === demoRelease && first.there;
  return files
    .map((file, index) => (bare && index === 0 ? "" : `#${file.there ? "-" : "?"} ${file.path}\n`) + renderFile(file))
    .join("");
}

function renderFile({ text, marks }: FixtureFile): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const sorted = marks.toSorted((a, b) => a.span.start - b.span.start);
  let rendered = "";
  let lineStart = 0;
  if (lines.length === 0) rendered = sorted.map((mark) => renderMark(mark, 0, 0)).join("");
  lines.forEach((line, index) => {
    rendered += line;
    const last = index === lines.length - 1;
    const below = sorted.filter(
      ({ span: { start } }) => start >= lineStart && (last || start < lineStart + line.length),
    );
    if (below.length > 0 && !line.endsWith("\n")) rendered += "\n";
    rendered += below.map((mark) => renderMark(mark, lineStart, lineLength(text, lineStart))).join("");
    lineStart += line.length;
  });
  return rendered;
}

function renderMark({ span, severity, check, message, beyond }: Mark, lineStart: number, length: number): string {
  const column = span.start - lineStart;
  if (column === 1) throw new Error(`${check} is about the second column of a line, which no mark can show`);
  const end = Math.min(span.end - lineStart, length);
  const sign = span.start === span.end ? "|" : "^".repeat(Math.max(1, end - column));
  const arrow = beyond === true || span.end - lineStart > length ? ">" : "";
  const said = message === undefined ? "" : `: ${message}`;
  return `#${" ".repeat(Math.max(0, column - 1))}${sign}${arrow} ${severity}[${check}]${said}\n`;
}

/** Length of the line that begins at `start`, without its end. */
function lineLength(text: string, start: number): number {
  return /^[^\r\n]*/.exec(text.slice(start))?.[0].length ?? 0;
}

/** Takes the caret `$0` out of a text. Throws when there is none, or more than one. */
export function extractCaret(marked: string): { readonly text: string; readonly offset: number } {
  const [before = "", after, ...more] = marked.split("$0");
  if (after === undefined || more.length > 0) throw new Error(`"${marked}" has to have one $0`);
  return { text: before + after, offset: before.length };
}
