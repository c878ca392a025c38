// File names as glob patterns.

/**
 * The glob pattern that matches a file of this name and no other. VS Code trims patterns, so whitespace at both ends is
 * escaped as well.
 */
export function escapeGlob(name: string): string {
  return name.replace(/[[\]{}*?]|^\s+|\s+$/g, (signs) => Array.from(signs, (sign) => `[${sign}]`).join(""));
}
