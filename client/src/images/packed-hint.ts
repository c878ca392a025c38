// Images that came compressed, and that it is said once of each that it opens here, and nowhere else.
import { shownName } from "./odd-names.ts";
import { nameOf } from "./paths.ts";

/** Names of images that came compressed, and are unpacked before they are opened. */
const packedName = /\.(zst|xz|gz)$/i;

/** Whether an image came compressed, by its name; opening it may take long. */
export function isPacked({ path }: { readonly path: string }): boolean {
  return packedName.test(path);
}

/** Makes what is to be called when an image has been opened; it tells the name of each packed one once, by the image's id. */
export function createPackedHint(tell: (name: string) => void): (id: string, path: string) => void {
  const told = new Set<string>();
  return (id, path) => {
    if (!isPacked({ path }) || told.has(id)) return;
    told.add(id);
    tell(shownName(nameOf(path)));
  };
}
