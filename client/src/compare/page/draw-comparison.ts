// Draws the page of a comparison: what is shown and ignored, a summary, and the tree of differences.
import { makeElement } from "../../pages/browser/make-element.ts";
import { changeTree } from "./change-tree.ts";
import { createChangeTreeView } from "./draw-tree.ts";
import type { ChangeKind, FromPage, PageChanges, ToPage } from "./messages.ts";

const changeKinds = ["added", "removed", "changed"] as const satisfies readonly ChangeKind[];

/** Builds the page in `body`; returns what takes the messages of the extension. */
export function createComparison(body: HTMLElement, send: (message: FromPage) => void): (message: ToPage) => void {
  const title = makeElement("h1");
  const summary = makeElement("p");
  summary.id = "summary";
  summary.setAttribute("role", "status");
  const boxes = {
    added: createBox("added", true, draw),
    removed: createBox("removed", true, draw),
    changed: createBox("changed", true, draw),
    times: createBox("times", true, ignore),
    owners: createBox("owners", false, ignore),
  };
  const show = createChoice(changeKinds.map((kind) => boxes[kind].label));
  const ignored = createChoice([boxes.times.label, boxes.owners.label]);
  const choices = makeElement("div", "choices");
  choices.append(show.group, ignored.group);
  const note = makeElement("p", "note");
  const list = makeElement("ul", "tree");
  list.setAttribute("role", "tree");
  const tree = createChangeTreeView(list, (path) => send({ kind: "open", path }));
  body.prepend(title, summary, choices, note, list);

  let changes: PageChanges | undefined;

  function ignore(): void {
    send({ kind: "ignore", ignore: { times: boxes.times.input.checked, owners: boxes.owners.input.checked } });
  }

  function draw(): void {
    if (changes === undefined) return;
    const { rows, labels } = changes;
    tree.draw(changeTree(rows.filter(({ change }) => boxes[change].input.checked)));
    // A screen reader reads the summary whenever its text is set.
    if (summary.textContent !== changes.summary) summary.textContent = changes.summary;
    note.textContent = changes.note;
    for (const kind of changeKinds) boxes[kind].text.textContent = labels[kind];
  }

  return (message) => {
    if (message.kind === "changes") {
      ({ changes } = message);
      draw();
      return;
    }
    const { words } = message;
    title.textContent = words.title;
    show.legend.textContent = words.show;
    ignored.legend.textContent = words.ignore;
    boxes.times.text.textContent = words.times;
    boxes.owners.text.textContent = words.owners;
    list.setAttribute("aria-label", words.tree);
  };
}

interface Box {
  readonly label: HTMLElement;
  readonly input: HTMLInputElement;
  readonly text: HTMLElement;
}

function createBox(id: string, isChecked: boolean, changed: () => void): Box {
  const input = makeElement("input");
  input.type = "checkbox";
  input.id = id;
  input.checked = isChecked;
  input.addEventListener("change", changed);
  const text = makeElement("span");
  const label = makeElement("label");
  label.append(input, text);
  return { label, input, text };
}

function createChoice(boxes: readonly HTMLElement[]): { readonly group: HTMLElement; readonly legend: HTMLElement } {
  const group = makeElement("fieldset");
  const legend = makeElement("legend");
  group.append(legend, ...boxes);
  return { group, legend };
}
