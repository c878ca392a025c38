// A small fake of a browser's document, with as much of it as the extension's pages use, for tests of what they draw.

type Listener = (event: FakeEvent) => void;

/** An event as listeners get it. */
export interface FakeEvent {
  readonly type: string;
  readonly target: FakeElement;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  isPrevented: boolean;
  preventDefault(): void;
}

/** An element; text inside of elements is kept without nodes of its own. */
export class FakeElement {
  readonly tagName: string;
  readonly dataset: Record<string, string | undefined> = {};
  readonly style: Record<string, string> = {};
  id = "";
  className = "";
  title = "";
  type = "";
  scope = "";
  value: string | number = "";
  tabIndex = -1;
  hidden = false;
  checked = false;
  disabled = false;
  open = false;
  clientWidth = 0;
  clientHeight = 0;
  /** How often the text was set; what screen readers listen to is read aloud each time. */
  textWrites = 0;
  parentElement: FakeElement | null = null;
  readonly #document: FakeDocument;
  readonly #attributes = new Map<string, string>();
  readonly #listeners: [string, Listener][] = [];
  #nodes: (FakeElement | string)[] = [];

  constructor(document: FakeDocument, tag: string) {
    this.#document = document;
    this.tagName = tag.toUpperCase();
  }

  get children(): FakeElement[] {
    return this.#nodes.filter((node) => typeof node !== "string");
  }

  get textContent(): string {
    return this.#nodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");
  }

  set textContent(text: string) {
    this.textWrites++;
    this.#leave();
    this.#nodes = text === "" ? [] : [text];
  }

  append(...nodes: (FakeElement | string)[]): void {
    this.#nodes.push(...nodes);
    this.#adopt(nodes);
  }

  prepend(...nodes: (FakeElement | string)[]): void {
    this.#nodes.unshift(...nodes);
    this.#adopt(nodes);
  }

  replaceChildren(...nodes: (FakeElement | string)[]): void {
    this.#leave();
    this.#nodes = [...nodes];
    this.#adopt(nodes);
  }

  contains(other: FakeElement | null): boolean {
    for (let at = other; at !== null; at = at.parentElement) if (at === this) return true;
    return false;
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.push([type, listener]);
  }

  focus(): void {
    this.#document.activeElement = this;
  }

  /** Does what a user does, from this element up to the outermost; true when the page took the event for itself. */
  fire(type: string, event: Partial<Pick<FakeEvent, "key" | "ctrlKey" | "altKey" | "metaKey">> = {}): boolean {
    const fired: FakeEvent = {
      ...{ type, target: this, key: "", ctrlKey: false, altKey: false, metaKey: false, isPrevented: false, ...event },
      preventDefault() {
        this.isPrevented = true;
      },
    };
    for (let at: FakeElement | null = this; at !== null; at = at.parentElement) {
      for (const [name, listener] of at.#listeners) if (name === type) listener(fired);
    }
    return fired.isPrevented;
  }

  #adopt(nodes: readonly (FakeElement | string)[]): void {
    for (const node of nodes) if (typeof node !== "string") node.parentElement = this;
  }

  /** As in a browser, what is taken out of the document loses the focus. */
  #leave(): void {
    if (this.contains(this.#document.activeElement) && this.#document.activeElement !== this) {
      this.#document.activeElement = this.#document.body;
    }
    for (const child of this.children) child.parentElement = null;
  }
}

export class FakeDocument {
  readonly body = new FakeElement(this, "body");
  activeElement: FakeElement | null = this.body;

  createElement(tag: string): FakeElement {
    return new FakeElement(this, tag);
  }
}

/** Gives the test an empty document; `body` is its element for what is tested, and for the finders below. */
export function openDocument(): {
  readonly document: FakeDocument;
  readonly root: FakeElement;
  readonly body: HTMLElement;
} {
  const document = new FakeDocument();
  Object.assign(globalThis, { document, HTMLElement: FakeElement });
  return { document, root: document.body, body: document.body as unknown as HTMLElement };
}

/** All elements below, in their order, that have this tag, or this class when `name` begins with a dot. */
export function findAll(root: FakeElement, name: string): FakeElement[] {
  return root.children.flatMap((child) => [...(matches(child, name) ? [child] : []), ...findAll(child, name)]);
}

/** The only element that `findAll` finds; fails when it finds none, or several. */
export function findOne(root: FakeElement, name: string): FakeElement {
  const [found, ...others] = findAll(root, name);
  if (found === undefined || others.length > 0) throw new Error(`there are ${others.length + (found ? 1 : 0)} ${name}`);
  return found;
}

/** The texts of all elements that `findAll` finds. */
export function textsOf(root: FakeElement, name: string): string[] {
  return findAll(root, name).map(({ textContent }) => textContent);
}

function matches({ tagName, className }: FakeElement, name: string): boolean {
  return name.startsWith(".") ? className.split(" ").includes(name.slice(1)) : tagName === name.toUpperCase();
}
