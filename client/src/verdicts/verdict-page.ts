// The page that shows side by side what hosts make of an extension: a table of systemd's comparisons. Pure text, no script.
import type { TreeVerdict, VerdictStep } from "../../../shared/src/requests.ts";
import { escapeHtml } from "../escape-html.ts";
import { framedPage } from "../page-frame.ts";

/** The words of the page, translated by whoever shows it. */
export interface PageWords {
  readonly language: string;
  readonly title: string;
  readonly comparison: string;
  readonly verdict: string;
  readonly repair: string;
  readonly log: string;
  readonly outcomes: Readonly<Record<VerdictStep["outcome"] | "ignored" | "none", string>>;
  /** What each comparison is called, by its rule. */
  readonly rules: Readonly<Record<string, string>>;
  /** `{0} = the extension's value, {1} = the host's`. */
  readonly values: (extension: string | undefined, host: string | undefined) => string;
  readonly subtitle: (verdict: TreeVerdict) => string;
}

/** Rules in the order in which systemd compares. */
const ruleOrder = [
  "class",
  "host-id",
  "release-file",
  "name",
  "os-release",
  "scope",
  "architecture",
  "id",
  "rolling",
  "level",
  "version-id",
];

/** The HTML of the page; `nonce` is that of its only style. */
export function verdictPage(verdicts: readonly TreeVerdict[], words: PageWords, nonce: string): string {
  const rules = ruleOrder.filter((rule) => verdicts.some(({ steps }) => steps.some((step) => step.rule === rule)));
  const columns = verdicts.map(
    (verdict) =>
      `<th scope="col">${escapeHtml(verdict.title)}<div class="sub">${escapeHtml(words.subtitle(verdict))}</div></th>`,
  );
  const rows = rules.map(
    (rule) =>
      `<tr><th scope="row">${escapeHtml(words.rules[rule] ?? rule)}</th>${verdicts
        .map(({ steps }) =>
          stepCell(
            steps.find((step) => step.rule === rule),
            words,
          ),
        )
        .join("")}</tr>`,
  );
  const last = [
    `<tr class="verdict"><th scope="row">${escapeHtml(words.verdict)}</th>${verdicts
      .map(
        (verdict) =>
          `<td class="${verdict.verdict}"><strong>${escapeHtml(words.outcomes[verdict.verdict])}</strong><div>${escapeHtml(verdict.reason)}</div></td>`,
      )
      .join("")}</tr>`,
    optionalRow(words.repair, verdicts, ({ fix }) => fix),
    optionalRow(words.log, verdicts, ({ log }) => log, "code"),
  ];
  const body = `<h1>${escapeHtml(words.title)}</h1>
<div class="scroll" tabindex="0">
<table>
<thead><tr><th scope="col">${escapeHtml(words.comparison)}</th>${columns.join("")}</tr></thead>
<tbody>${[...rows, ...last].join("\n")}</tbody>
</table>
</div>`;
  return framedPage({ language: words.language, title: words.title, style, body }, nonce);
}

function stepCell(step: VerdictStep | undefined, { outcomes, values }: PageWords): string {
  if (step === undefined) return `<td class="none">${escapeHtml(outcomes.none)}</td>`;
  const text = values(step.extension, step.host);
  return `<td class="${step.outcome}"><span class="mark">${escapeHtml(outcomes[step.outcome])}</span>${
    text === "" ? "" : `<div>${escapeHtml(text)}</div>`
  }</td>`;
}

function optionalRow(
  title: string,
  verdicts: readonly TreeVerdict[],
  textOf: (verdict: TreeVerdict) => string | undefined,
  tag = "div",
): string {
  if (verdicts.every((verdict) => textOf(verdict) === undefined)) return "";
  const cells = verdicts.map((verdict) => `<td><${tag}>${escapeHtml(textOf(verdict) ?? "")}</${tag}></td>`);
  return `<tr><th scope="row">${escapeHtml(title)}</th>${cells.join("")}</tr>`;
}

const style = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 1.5em 2em; }
h1 { font-size: 1.4em; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.5em 0.9em; border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884)); min-width: 8.5em; max-width: 22em; overflow-wrap: break-word; }
tbody th { min-width: 0; white-space: nowrap; }
thead th { background: var(--vscode-editorWidget-background); position: sticky; top: 0; }
.sub { font-weight: normal; opacity: 0.8; font-size: 0.9em; }
.none { opacity: 0.6; }
.passed .mark { opacity: 0.8; }
.match .mark, .verdict .match strong { color: var(--vscode-testing-iconPassed, green); }
.reject .mark, .error .mark, .verdict .reject strong, .verdict .error strong { color: var(--vscode-testing-iconFailed, red); font-weight: 600; }
code { font-family: var(--vscode-editor-font-family); font-size: 0.9em; white-space: pre-wrap; }
`;
