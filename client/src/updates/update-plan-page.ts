// The page that shows what an update would do: text, tables and buttons. Pure; its script only swaps the text.
import type {
  PlanMiss,
  PlanPlace,
  PlanRemark,
  PlanTransfer,
  PlanVersion,
  UpdatePlanReport,
} from "../../../shared/src/update-requests.ts";
import { escapeHtml } from "../escape-html.ts";
import { framedPage } from "../page-frame.ts";

/** What the user has chosen, as it is shown. */
export interface UpdatePlanChoices {
  readonly source?: string;
  readonly target?: string;
  /** Whether the source is a web address, which is fetched by a button only. */
  readonly isAddress: boolean;
  /** Whether something may be fetched here at all. */
  readonly mayFetch: boolean;
  /** Whether something is being read just now. */
  readonly busy: boolean;
}

/** The words of the page, translated by whoever shows it. */
export interface UpdatePlanWords {
  readonly language: string;
  readonly title: (component: string | undefined) => string;
  readonly source: string;
  readonly target: string;
  readonly host: string;
  readonly architecture: string;
  readonly noSource: string;
  readonly noTarget: string;
  readonly noHost: string;
  readonly thisMachine: string;
  readonly assumed: (systemd: number) => string;
  readonly noArchitecture: string;
  readonly fetch: string;
  readonly fetchAgain: string;
  readonly readAgain: string;
  readonly reading: string;
  readonly trust: string;
  readonly files: (count: number) => string;
  /** What an update would come to, as a sentence. */
  readonly summary: (plan: UpdatePlanReport) => string;
  readonly faults: string;
  readonly notes: string;
  readonly bestBefore: (day: string) => string;
  readonly disabled: string;
  readonly pattern: string;
  readonly path: string;
  readonly example: string;
  readonly found: string;
  readonly downloads: string;
  readonly decompressed: string;
  readonly storesAs: string;
  readonly removes: string;
  readonly symlink: string;
  readonly misses: (count: number) => string;
  readonly missNote: string;
  readonly endOfName: string;
  readonly more: (count: number) => string;
  readonly versions: string;
  readonly version: string;
  readonly available: string;
  readonly installed: string;
  readonly assessment: string;
  readonly yes: string;
  readonly no: string;
  readonly marks: Readonly<
    Record<"candidate" | "newest" | "current" | "incomplete" | "protected" | "obsolete", string>
  >;
  readonly size: (bytes: number) => string;
}

/** The whole page with nothing in it yet. `nonce` is that of its style and its script. */
export function updatePlanPage(words: Pick<UpdatePlanWords, "language">, title: string, nonce: string): string {
  const body = `<main></main>
<p id="status" class="heard" role="status"></p>`;
  return framedPage({ language: words.language, title, style, body, script: { text: script } }, nonce);
}

/** What the page shows of a plan. */
export function updatePlanBody(plan: UpdatePlanReport, choices: UpdatePlanChoices, words: UpdatePlanWords): string {
  return [
    `<h1>${text(words.title(plan.component))}</h1>`,
    choicesPart(plan, choices, words),
    `<p class="summary">${text(words.summary(plan))}</p>`,
    doubtsPart(plan.source),
    remarksPart("faults", words.faults, plan.faults),
    remarksPart("notes", words.notes, plan.notes),
    ...plan.transfers.map((transfer, index) => transferPart(transfer, index, plan, words)),
    versionsPart(plan, words),
  ].join("\n");
}

function choicesPart(plan: UpdatePlanReport, choices: UpdatePlanChoices, words: UpdatePlanWords): string {
  const { source, target, isAddress, mayFetch, busy } = choices;
  const unread = plan.source.state === "unread";
  const hostName = plan.hostIsMachine ? words.thisMachine : (plan.hostTitle ?? words.noHost);
  const systemd = plan.systemdKnown ? `systemd ${plan.systemd}` : words.assumed(plan.systemd);
  const hostNote = plan.hostIsMachine && plan.hostTitle !== undefined ? [plan.hostTitle, systemd] : [systemd];
  const buttons = [
    choice("source", words.source, source ?? words.noSource, placeNote(plan.source, words)),
    choice("target", words.target, target ?? words.noTarget, placeNote(plan.target, words)),
    choice("host", words.host, hostName, hostNote.join(", ")),
    choice("architecture", words.architecture, plan.architecture ?? words.noArchitecture, ""),
  ];
  const label = isAddress ? (unread ? words.fetch : words.fetchAgain) : words.readAgain;
  const forbidden = isAddress && !mayFetch;
  const read =
    source === undefined && target === undefined
      ? ""
      : `<button id="read" class="read${unread ? " primary" : ""}" data-action="read"${busy || forbidden ? " disabled" : ""}>${text(
          busy ? words.reading : label,
        )}</button>${forbidden ? `<span class="note">${text(words.trust)}</span>` : ""}`;
  return `<div class="choices">${buttons.join("")}</div><div class="reading">${read}</div>`;
}

function choice(action: string, label: string, value: string, note: string): string {
  return `<button id="${action}" class="choice" data-action="${action}"><span class="label">${text(label)}</span><span class="value">${text(
    value,
  )}</span>${note === "" ? "" : `<span class="note">${text(note)}</span>`}</button>`;
}

function placeNote(place: PlanPlace, words: UpdatePlanWords): string {
  switch (place.state) {
    case "read":
      return [
        words.files(place.files),
        ...(place.bestBefore === undefined ? [] : [words.bestBefore(place.bestBefore)]),
      ].join(", ");
    case "failed":
      return place.reason;
    default:
      return "";
  }
}

/** Oddities of a manifest, which systemd takes all the same. */
function doubtsPart(source: PlanPlace): string {
  if (source.state !== "read" || source.doubts.length === 0) return "";
  return `<ul class="note">${source.doubts.map((doubt) => `<li>${text(doubt)}</li>`).join("")}</ul>`;
}

function remarksPart(sort: "faults" | "notes", title: string, remarks: readonly PlanRemark[]): string {
  if (remarks.length === 0) return "";
  const items = remarks.map(({ uri, message }) => `<li>${fileLink(uri)}: ${text(message)}</li>`);
  return `<section class="${sort}"><h2>${text(title)}</h2><ul>${items.join("")}</ul></section>`;
}

function transferPart(transfer: PlanTransfer, index: number, plan: UpdatePlanReport, words: UpdatePlanWords): string {
  const { download, remove, leftovers, symlink, example, disabled, uri } = transfer;
  const size = download?.size === undefined ? "" : ` (${text(words.size(download.size))})`;
  const decompressed = download?.decompressed ? `<div class="note">${text(words.decompressed)}</div>` : "";
  const removed = [...remove, ...leftovers].map((name) => `<div>${code(name)}</div>`).join("");
  const rows = [
    disabled === undefined ? "" : row(words.disabled, text(disabled)),
    row(words.pattern, transfer.sourcePatterns.map(code).join("<br>")),
    row(words.path, code(transfer.sourcePath)),
    plan.source.state === "read" ? row(words.found, text(words.files(transfer.matching))) : "",
    example === undefined || transfer.matching > 0 ? "" : row(words.example, code(example)),
    download === undefined ? "" : row(words.downloads, `${code(download.name)}${size}`),
    download === undefined ? "" : row(words.storesAs, code(download.storedAs) + decompressed),
    removed === "" ? "" : row(words.removes, removed),
    symlink === undefined ? "" : row(words.symlink, `${code(symlink.path)} → ${code(symlink.target)}`),
  ];
  return `<section><h2>${fileLink(uri)}</h2><dl>${rows.join("")}</dl>${missesPart(transfer, index, words)}</section>`;
}

function missesPart({ misses, moreMisses }: PlanTransfer, index: number, words: UpdatePlanWords): string {
  if (misses.length === 0) return "";
  const items = misses.map((miss) => `<li>${missedName(miss, words)}<div class="note">${text(miss.reason)}</div></li>`);
  const more = moreMisses === 0 ? "" : `<li class="note">${text(words.more(moreMisses))}</li>`;
  return `<details id="misses-${index}"${misses.length < 6 ? " open" : ""}><summary>${text(
    words.misses(misses.length + moreMisses),
  )}</summary><p class="note">${text(words.missNote)}</p><ul class="misses">${items.join("")}${more}</ul></details>`;
}

/** The name with the first character marked at which the pattern gives up; behind a name that is too short a blank. */
function missedName({ name, at, pattern }: PlanMiss, words: UpdatePlanWords): string {
  const sign = String.fromCodePoint(name.codePointAt(at) ?? 0x20);
  const mark =
    at < name.length
      ? `<mark>${text(sign)}</mark>`
      : `<mark class="end"><span class="heard">${text(words.endOfName)}</span></mark>`;
  const rest = at < name.length ? name.slice(at + sign.length) : "";
  return `<code title="${text(pattern)}">${text(name.slice(0, at))}${mark}${text(rest)}</code>`;
}

function versionsPart(plan: UpdatePlanReport, words: UpdatePlanWords): string {
  if (plan.versions.length === 0) return "";
  const head = [words.version, words.available, words.installed, words.assessment];
  const rows = plan.versions.map(
    (version) =>
      `<tr${version.version === plan.candidate ? ' class="candidate"' : ""}><th scope="row">${code(version.version)}</th>${[
        version.available ? words.yes : words.no,
        version.installed ? words.yes : words.no,
        marksOf(version, plan, words),
      ]
        .map((cell) => `<td>${text(cell)}</td>`)
        .join("")}</tr>`,
  );
  const more = plan.moreVersions === 0 ? "" : `<p class="note">${text(words.more(plan.moreVersions))}</p>`;
  return `<section><h2>${text(words.versions)}</h2><div class="scroll"><table><thead><tr>${head
    .map((title) => `<th scope="col">${text(title)}</th>`)
    .join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>${more}</section>`;
}

function marksOf(
  version: PlanVersion,
  { candidate, newest, current }: UpdatePlanReport,
  { marks }: UpdatePlanWords,
): string {
  const found = [
    version.version === candidate ? marks.candidate : "",
    version.version === newest && newest !== candidate ? marks.newest : "",
    version.version === current ? marks.current : "",
    version.incomplete ? marks.incomplete : "",
    version.protected ? marks.protected : "",
    version.obsolete ? marks.obsolete : "",
  ];
  return found.filter((mark) => mark !== "").join(", ");
}

function row(title: string, html: string): string {
  return `<dt>${text(title)}</dt><dd>${html}</dd>`;
}

function fileLink(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  return `<button class="link" data-action="open" data-value="${escapeHtml(uri)}">${text(decode(name))}</button>`;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a stray % sign
  }
}

function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

/** Names may hold what does not show, or turns the direction of writing. */
function text(value: string): string {
  return escapeHtml(
    value.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) => (sign === "\n" ? sign : "\u2423")),
  );
}

/** Buttons tell what was pressed; what comes back replaces the text, and whoever was reading stays where they were. */
const script = `
const editor = acquireVsCodeApi();
const main = document.querySelector("main");
const status = document.getElementById("status");
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) editor.postMessage({ action: button.dataset.action, value: button.dataset.value });
});
window.addEventListener("message", ({ data }) => {
  const focused = document.activeElement && document.activeElement.id;
  const known = new Map([...document.querySelectorAll("details")].map((part) => [part.id, part.open]));
  main.innerHTML = data.body;
  for (const part of document.querySelectorAll("details")) if (known.has(part.id)) part.open = known.get(part.id);
  if (focused) document.getElementById(focused)?.focus();
  if (status.textContent !== data.summary) status.textContent = data.summary;
});
editor.postMessage({ action: "ready" });
`;

const style = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 1.5em 2em; line-height: 1.5; }
h1 { font-size: 1.4em; font-weight: 600; margin: 0.8em 0; }
h2 { font-size: 1.1em; font-weight: 600; margin: 1.6em 0 0.5em; }
code { font-family: var(--vscode-editor-font-family); font-size: 0.95em; overflow-wrap: anywhere; unicode-bidi: isolate; color: inherit; background: none; }
button { font: inherit; cursor: pointer; }
button:focus-visible, summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(12em, 1fr)); gap: 0.6em; }
.choice { display: flex; flex-direction: column; text-align: left; padding: 0.5em 0.8em; color: inherit; background: var(--vscode-editorWidget-background); border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884)); border-radius: 3px; min-width: 0; }
.choice:hover { background: var(--vscode-list-hoverBackground); }
.label, .note { font-size: 0.9em; opacity: 0.8; }
.value { font-weight: 600; overflow-wrap: anywhere; }
.reading { margin: 0.7em 0; display: flex; gap: 0.8em; align-items: center; }
.read { padding: 0.3em 1em; border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.read.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.read:disabled { opacity: 0.6; cursor: default; }
.summary { font-size: 1.15em; margin: 1em 0; padding: 0.6em 0.9em; border-left: 3px solid var(--vscode-textLink-foreground); background: var(--vscode-textBlockQuote-background); }
.faults h2 { color: var(--vscode-errorForeground); }
.link { padding: 0; border: 0; background: none; color: var(--vscode-textLink-foreground); }
.link:hover { text-decoration: underline; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3em 1.2em; margin: 0; }
dt { opacity: 0.8; }
dd { margin: 0; min-width: 0; }
details { margin-top: 0.8em; }
summary { cursor: pointer; }
.misses { padding-left: 1.2em; margin: 0.4em 0; }
.misses li { margin-bottom: 0.4em; }
mark { color: var(--vscode-editor-background); background: var(--vscode-editorError-foreground); border-radius: 2px; }
mark.end { padding: 0 0.3em; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 0.35em 1em 0.35em 0; border-bottom: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884)); font-weight: normal; }
thead th { opacity: 0.8; }
.candidate th, .candidate td { font-weight: 600; }
@media (max-width: 32em) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.4em; } }
`;
