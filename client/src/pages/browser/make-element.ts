// Elements of pages. Their content is always text: names in images come from untrusted files.

/** An element with its class and its text. */
export function makeElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== undefined) element.textContent = shown(text);
  return element;
}

/** A button that calls `press`. */
export function makeButton(className: string, text: string, press: () => void): HTMLButtonElement {
  const button = makeElement("button", className, text);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}

/** Text in which characters that are invisible, or change the direction of writing, are replaced by "␣". */
export function shown(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    sign === "\n" || sign === "\t" ? sign : "\u2423",
  );
}
