// Labels of pickers in which nothing counts as an icon.

/** A name as it stands: VS Code would draw the icon `bug` for "$(bug)". */
export function withoutIcons(label: string): string {
  return label.replaceAll("$(", "\\$(");
}
