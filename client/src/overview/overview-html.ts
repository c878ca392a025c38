// The frame of the overview's page: places for what its script draws, and how all of it looks.
import { framedPage } from "../page-frame.ts";

export interface OverviewFrame {
  readonly language: string;
  readonly title: string;
  /** Address of the page's script, as the page may load it. */
  readonly script: string;
  readonly nonce: string;
}

export function overviewHtml({ language, title, script, nonce }: OverviewFrame): string {
  const body = `<main>
<header id="head"></header>
<section id="usage" hidden></section>
<div id="parts"></div>
</main>`;
  return framedPage({ language, title, style, body, script: { source: script } }, nonce);
}

const style = `
:root { --line: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8884)); --card: var(--vscode-editorWidget-background); }
[hidden] { display: none !important; }
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.45; padding: 0; margin: 0; }
main { max-width: 76em; margin: 0 auto; padding: 1.4em clamp(0.8em, 3vw, 2em) 3em; }
h1 { font-size: 1.6em; font-weight: 600; margin: 0; overflow-wrap: anywhere; line-height: 1.25; }
h2 { font-size: 1.1em; font-weight: 600; margin: 0 0 0.7em; }
p { margin: 0; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
code, pre { font-family: var(--vscode-editor-font-family); font-size: 0.95em; color: inherit; background: none; overflow-wrap: anywhere; }
.quiet { color: var(--vscode-descriptionForeground, inherit); font-size: 0.92em; overflow-wrap: anywhere; }
.subtitle { color: var(--vscode-descriptionForeground, inherit); margin-top: 0.15em; overflow-wrap: anywhere; }
.top { display: flex; flex-wrap: wrap; gap: 0.9em 1.5em; align-items: flex-start; justify-content: space-between; }
.titles { flex: 1 1 18em; min-width: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5em; }
.part .buttons { margin-top: 0.8em; }
.press { padding: 0.35em 0.9em; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 3px; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
.press:hover { background: var(--vscode-button-secondaryHoverBackground); }
.press.primary { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.press.primary:hover { background: var(--vscode-button-hoverBackground); }
.link { padding: 0; border: 0; background: none; color: var(--vscode-textLink-foreground); text-align: start; overflow-wrap: anywhere; unicode-bidi: isolate; }
.link:hover { text-decoration: underline; }
.note { margin-top: 0.9em; padding: 0.5em 0.8em; border-left: 3px solid var(--vscode-editorInfo-foreground, var(--line)); background: var(--vscode-textBlockQuote-background); overflow-wrap: anywhere; }
.note.warning { border-color: var(--vscode-editorWarning-foreground); }
.note.error { border-color: var(--vscode-editorError-foreground); }
.note.good { border-color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.note.plain { border-color: var(--line); }
.part .note:first-of-type { margin-top: 0; }
.part .note + * { margin-top: 0.8em; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2em, 1fr)); gap: 1px; margin: 1.3em 0 0; background: var(--card); border: 1px solid var(--line); border-radius: 4px; overflow: hidden; }
.numbers > div { outline: 1px solid var(--line); padding: 0.6em 0.9em 0.7em; min-width: 0; }
.numbers dt { color: var(--vscode-descriptionForeground, inherit); font-size: 0.88em; }
.numbers dd { margin: 0; overflow-wrap: anywhere; }
.numbers dd:not(.quiet) { font-size: 1.2em; font-weight: 600; }
#parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25em), 1fr)); gap: 1.1em; align-items: start; }
.part, #usage { border: 1px solid var(--line); border-radius: 4px; padding: 1em 1.1em 1.1em; min-width: 0; }
.part.wide { grid-column: 1 / -1; }
#usage { margin: 1.1em 0; }
.facts { display: grid; grid-template-columns: minmax(min-content, max-content) 1fr; gap: 0.35em 1.2em; margin: 0; }
.facts dt { color: var(--vscode-descriptionForeground, inherit); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.facts dd .quiet { display: block; }
.facts + .note { margin-top: 0.8em; }
.items { list-style: none; margin: 0; padding: 0; }
.items li { display: flex; gap: 0.8em; align-items: baseline; padding: 0.4em 0; border-top: 1px solid var(--line); }
.items li:first-child { border-top: 0; padding-top: 0; }
.items + .link { margin-top: 0.5em; }
.items .body { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.badge { flex: none; font-size: 0.85em; padding: 0.05em 0.6em; border: 1px solid currentColor; border-radius: 1em; white-space: nowrap; }
.good > .badge { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
.error > .badge { color: var(--vscode-editorError-foreground); }
.warning > .badge { color: var(--vscode-editorWarning-foreground); }
.info > .badge { color: var(--vscode-editorInfo-foreground); }
.code pre { margin: 0.5em 0 0; padding: 0.6em 0.8em; background: var(--vscode-textCodeBlock-background); border-radius: 3px; white-space: pre-wrap; max-height: 18em; overflow: auto; }
.code + .code { margin-top: 0.9em; }
.disk { display: flex; height: 2.6em; gap: 2px; margin-bottom: 0.9em; }
.disk > span { flex: 0 1 0; min-width: 3px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; line-height: 2.6em; text-align: center; border-radius: 2px; font-size: 0.92em; }
.gap { background: repeating-linear-gradient(-45deg, transparent 0 4px, var(--line) 4px 5px); }
.progress { display: flex; gap: 0.8em; align-items: center; margin-top: 0.8em; }
progress { accent-color: var(--vscode-progressBar-background); flex: 0 1 14em; min-width: 5em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; font-weight: normal; padding: 0.3em 0.9em 0.3em 0; border-bottom: 1px solid var(--line); vertical-align: baseline; overflow-wrap: anywhere; }
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--vscode-descriptionForeground, inherit); font-size: 0.92em; white-space: nowrap; border-bottom: 1px solid var(--line) !important; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-bottom: 0.4em; }
.sort { border: 0; background: none; padding: 0; }
.sort:hover { text-decoration: underline; }
[aria-sort=descending] .sort::after { content: " ↓"; }
[aria-sort=ascending] .sort::after { content: " ↑"; }
.usage-bar { display: flex; flex-wrap: wrap; gap: 0.5em 1.5em; justify-content: space-between; align-items: center; margin: 0.7em 0 0.6em; }
.crumbs { display: flex; flex-wrap: wrap; gap: 0.35em; min-width: 0; }
.crumbs .here { font-weight: 600; overflow-wrap: anywhere; unicode-bidi: isolate; }
.measures { display: inline-flex; border: 1px solid var(--line); border-radius: 3px; overflow: hidden; }
.toggle { border: 0; background: none; padding: 0.2em 0.8em; }
.toggle:hover { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
.toggle:focus-visible { outline-offset: -1px; }
.toggle[aria-pressed=true] { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.treemap { position: relative; min-height: 240px; overflow: hidden; }
.treemap:focus { outline: none; }
.help { margin-top: 0.5em; }
.hue-0 { --hue: var(--vscode-charts-blue); }
.hue-1 { --hue: var(--vscode-charts-green); }
.hue-2 { --hue: var(--vscode-charts-purple); }
.hue-3 { --hue: var(--vscode-charts-yellow); }
.hue-4 { --hue: var(--vscode-charts-orange); }
.hue-5 { --hue: var(--vscode-charts-red); }
.region, .tile { background: color-mix(in srgb, var(--hue) 36%, var(--vscode-editor-background)); color: var(--vscode-editor-foreground); }
.tile { position: absolute; margin: 0; padding: 2px 5px; border: 0; border-radius: 2px; overflow: hidden; text-align: start; line-height: 1.3; font-size: 0.92em; display: flex; flex-direction: column; justify-content: flex-start; }
.tile.group { background: color-mix(in srgb, var(--hue) 20%, var(--vscode-editor-background)); flex-direction: row; justify-content: space-between; gap: 0.6em; padding: 1px 5px; }
.tile.inner { z-index: 1; }
.tile.rest { background: repeating-linear-gradient(-45deg, color-mix(in srgb, var(--hue) 26%, var(--vscode-editor-background)) 0 6px, color-mix(in srgb, var(--hue) 16%, var(--vscode-editor-background)) 6px 12px); }
.tile .name, .tile .size { display: block; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; flex: none; }
.tile.group .name { font-weight: 600; flex: 0 1 auto; min-width: 0; }
.tile .size { opacity: 0.85; font-size: 0.95em; }
.tile:hover { filter: brightness(1.12); }
.tile:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; z-index: 2; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28em), 1fr)); gap: 1.4em 2.2em; margin-top: 1em; align-items: start; }
.usage-table .name { width: 100%; }
.line { display: flex; gap: 0.25em; align-items: baseline; min-width: 9em; }
.depth-1 { padding-inline-start: 1.2em; }
.twist { width: 1.1em; flex: none; border: 0; background: none; padding: 0; text-align: center; }
.busy .treemap { opacity: 0.75; }
@keyframes appear { from { opacity: 0.25; transform: scale(0.985); } }
.moved { animation: appear 160ms ease-out; }
.vscode-reduce-motion .moved { animation: none; }
@media (prefers-reduced-motion: reduce) { .moved { animation: none; } }
.vscode-high-contrast .tile, .vscode-high-contrast .region, .vscode-high-contrast-light .tile, .vscode-high-contrast-light .region { background: var(--vscode-editor-background); border: 1px solid var(--vscode-contrastBorder); }
.vscode-high-contrast .toggle[aria-pressed=true], .vscode-high-contrast-light .toggle[aria-pressed=true] { outline: 2px solid var(--vscode-contrastActiveBorder); outline-offset: -3px; font-weight: 600; }
.vscode-high-contrast .tile:hover, .vscode-high-contrast-light .tile:hover { outline: 1px dashed var(--vscode-contrastActiveBorder); outline-offset: -2px; filter: none; }
@media (max-width: 30em) { .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 0.5em; } .items li { flex-direction: column; gap: 0.2em; } .badge { align-self: flex-start; } }
`;
