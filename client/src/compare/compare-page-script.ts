// The script of the page of a comparison: an ARIA tree made of the rows that the extension sends.

/** Runs in the webview. Names are anybody's, so that they come in as text only. */
export const comparePageScript = `
const editor = acquireVsCodeApi();
const tree = document.getElementById("tree");
const summary = document.getElementById("summary");
const note = document.getElementById("note");
const kinds = ["added", "removed", "changed"];
const closed = new Set();
let data;
let current = "";

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
function nodesOf(rows) {
  const root = { children: new Map() };
  for (const row of rows) {
    let node = root;
    let path = "";
    for (const name of row.path.split("/")) {
      path = path === "" ? name : path + "/" + name;
      if (!node.children.has(name)) node.children.set(name, { name, path, children: new Map() });
      node = node.children.get(name);
    }
    node.row = row;
  }
  return root;
}
/** Folders that did not change themselves, and have one entry alone, stand in one line with it. */
function joined(node) {
  while (!node.row && node.children.size === 1) {
    const [only] = node.children.values();
    if (only.row && only.children.size === 0) break;
    node = { ...only, name: node.name + "/" + only.name };
  }
  return node;
}
function itemOf(found, level) {
  const node = joined(found);
  const { row } = node;
  const item = element("li", row ? row.change : "");
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", level);
  item.tabIndex = -1;
  item.dataset.path = node.path;
  if (row && node.children.size === 0) item.dataset.opens = row.opens ? "yes" : "";
  const line = element("div", "row");
  const isFolder = node.children.size > 0;
  const isOpen = !closed.has(node.path);
  line.append(element("span", "twist", isFolder ? (isOpen ? "▾" : "▸") : ""), element("span", "name", node.name));
  const spoken = [node.name];
  if (row) {
    for (const [className, text] of [["what", row.word], ...row.aspects.map((text) => ["aspect", text]), ...(row.size ? [["size", row.size]] : [])]) {
      line.append(element("span", className, text));
      spoken.push(text);
    }
  }
  item.setAttribute("aria-label", spoken.join(", "));
  item.append(line);
  if (isFolder) {
    item.setAttribute("aria-expanded", isOpen);
    const group = element("ul", "");
    group.setAttribute("role", "group");
    for (const child of node.children.values()) group.append(itemOf(child, level + 1));
    item.append(group);
  }
  return item;
}
function draw() {
  if (!data) return;
  const wanted = kinds.filter((kind) => document.getElementById(kind).checked);
  const rows = data.rows.filter(({ change }) => wanted.includes(change));
  const items = [...nodesOf(rows).children.values()].map((node) => itemOf(node, 1));
  const hadFocus = tree.contains(document.activeElement);
  tree.replaceChildren(...items);
  if (summary.textContent !== data.summary) summary.textContent = data.summary;
  note.textContent = data.note;
  for (const kind of kinds) document.querySelector("label:has(#" + kind + ") span").textContent = data.labels[kind];
  const all = [...tree.querySelectorAll("[role=treeitem]")];
  const chosen = all.find(({ dataset }) => dataset.path === current) || all[0];
  if (chosen) {
    chosen.tabIndex = 0;
    current = chosen.dataset.path;
    if (hadFocus) chosen.focus();
  }
}
function choose(item) {
  if (!item) return;
  const before = tree.querySelector("[tabindex='0']");
  if (before) before.tabIndex = -1;
  item.tabIndex = 0;
  current = item.dataset.path;
  item.focus();
}
function setOpen(item, isOpen) {
  item.setAttribute("aria-expanded", isOpen);
  item.querySelector(".twist").textContent = isOpen ? "▾" : "▸";
  if (isOpen) closed.delete(item.dataset.path); else closed.add(item.dataset.path);
}
function act(item) {
  if (item.hasAttribute("aria-expanded")) setOpen(item, item.getAttribute("aria-expanded") !== "true");
  else if (item.dataset.opens) editor.postMessage({ open: item.dataset.path });
}
tree.addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (!row) return;
  choose(row.parentElement);
  act(row.parentElement);
});
tree.addEventListener("keydown", (event) => {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
  const shown = [...tree.querySelectorAll("[role=treeitem]")].filter((other) => other.offsetParent !== null);
  const at = shown.indexOf(item);
  const expanded = item.getAttribute("aria-expanded");
  switch (event.key) {
    case "ArrowDown": choose(shown[at + 1]); break;
    case "ArrowUp": choose(shown[at - 1]); break;
    case "Home": choose(shown[0]); break;
    case "End": choose(shown.at(-1)); break;
    case "ArrowRight": if (expanded === "false") setOpen(item, true); else if (expanded === "true") choose(shown[at + 1]); break;
    case "ArrowLeft": if (expanded === "true") setOpen(item, false); else choose(item.parentElement.closest("[role=treeitem]")); break;
    case "Enter": case " ": act(item); break;
    default: return;
  }
  event.preventDefault();
});
document.querySelector(".choices").addEventListener("change", () => {
  const [times, owners] = ["times", "owners"].map((id) => document.getElementById(id).checked);
  if (data && (times !== data.ignore.times || owners !== data.ignore.owners)) editor.postMessage({ ignore: { times, owners } });
  draw();
});
window.addEventListener("message", (event) => { data = event.data; draw(); });
editor.postMessage({ ready: true });
`;
