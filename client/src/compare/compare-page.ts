// The page that shows in what two images or trees differ. Pure; its script builds the tree from data, never from markup.
import { escapeHtml } from "../escape-html.ts";
import { framedPage } from "../page-frame.ts";
import { comparePageScript } from "./compare-page-script.ts";

/** The words of the page, translated by whoever shows it. */
export interface ComparePageWords {
  readonly language: string;
  readonly title: string;
  readonly show: string;
  readonly ignore: string;
  readonly tree: string;
  readonly changes: Readonly<Record<"added" | "removed" | "changed", string>>;
  readonly times: string;
  readonly owners: string;
}

/** The HTML of the page with nothing in it yet; `nonce` is that of its style and its script. */
export function comparePage(words: ComparePageWords, nonce: string): string {
  const box = (name: string, label: string, checked: boolean): string =>
    `<label><input type="checkbox" id="${name}"${checked ? " checked" : ""}> <span>${escapeHtml(label)}</span></label>`;
  const { changes } = words;
  const body = `<h1>${escapeHtml(words.title)}</h1>
<p id="summary" role="status"></p>
<div class="choices">
<fieldset><legend>${escapeHtml(words.show)}</legend>${box("added", changes.added, true)}${box("removed", changes.removed, true)}${box("changed", changes.changed, true)}</fieldset>
<fieldset><legend>${escapeHtml(words.ignore)}</legend>${box("times", words.times, true)}${box("owners", words.owners, false)}</fieldset>
</div>
<p id="note"></p>
<ul id="tree" role="tree" aria-label="${escapeHtml(words.tree)}"></ul>`;
  return framedPage(
    { language: words.language, title: words.title, style, body, script: { text: comparePageScript } },
    nonce,
  );
}

const style = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 1.5em 2em; }
h1 { font-size: 1.4em; font-weight: 600; margin: 0.8em 0 0.4em; overflow-wrap: anywhere; }
#summary { margin: 0 0 0.9em; font-size: 1.1em; }
#note:empty { display: none; }
.choices { display: flex; flex-wrap: wrap; gap: 0.4em 2em; margin-bottom: 0.8em; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 1em; align-items: center; }
legend { float: left; opacity: 0.8; margin-right: 1em; padding: 0; }
label { display: inline-flex; gap: 0.35em; align-items: center; cursor: pointer; }
input { accent-color: var(--vscode-button-background, auto); margin: 0; }
input:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; }
#tree:empty { display: none; }
#tree { border-top: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884)); padding-top: 0.3em; }
#tree ul ul, #tree > li > ul { padding-left: 1.15em; }
[role=treeitem][aria-expanded=false] > ul { display: none; }
[role=treeitem]:focus { outline: none; }
[role=treeitem]:focus > .row { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground); }
.row { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.8em; padding: 0.16em 0.4em; border-radius: 2px; cursor: pointer; }
.row:hover { background: var(--vscode-list-hoverBackground); }
.twist { width: 0.9em; flex: none; opacity: 0.8; margin-right: -0.5em; }
.name { unicode-bidi: isolate; overflow-wrap: anywhere; font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
.what { font-size: 0.9em; }
.size, .aspect { font-size: 0.9em; opacity: 0.85; overflow-wrap: anywhere; unicode-bidi: isolate; }
.added > .row .name, .added > .row .what { color: var(--vscode-gitDecoration-addedResourceForeground, green); }
.removed > .row .name, .removed > .row .what { color: var(--vscode-gitDecoration-deletedResourceForeground, red); }
.removed > .row .name { text-decoration: line-through; }
.changed > .row .name, .changed > .row .what { color: var(--vscode-gitDecoration-modifiedResourceForeground, orange); }
[role=treeitem]:focus > .row .name, [role=treeitem]:focus > .row .what { color: inherit; }
`;
