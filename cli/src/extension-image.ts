// What the user calls an extension, a tree or an image, as a host would find it.
import { statSync } from "node:fs";
import path from "node:path";
import {
  type ExtensionClass,
  type ExtensionImage,
  type Project,
  readImageFacts,
  type Tree,
} from "../../server/src/core/index.ts";
import { describeOpenTree, folderTree, imageTree } from "./extension-tree.ts";
import { about } from "./failure.ts";
import { type UnpackContext, withImage } from "./image-path.ts";

export interface NamedExtension {
  readonly image: ExtensionImage;
  readonly name: string;
  readonly class: ExtensionClass;
  /** Of a tree what its project file says. */
  readonly project?: Project;
  readonly tree: Tree;
}

/** Opens the tree or image at `given` for `use`. A tree is taken for the image that it is built into, `NAME.raw`. */
export async function withExtension<Result>(
  given: string,
  context: UnpackContext,
  use: (extension: NamedExtension) => Promise<Result>,
): Promise<Result> {
  const found = await about(given, async () => statSync(given));
  if (!found.isDirectory()) {
    return await withImage(given, context, async ({ tree: files }) => {
      const open = imageTree(given, files);
      const described = await describeOpenTree(open);
      const image = { fileName: path.basename(given), kind: "file", ...(await readImageFacts(open.tree)) } as const;
      return await use({ image, name: described.name, class: described.class, tree: open.tree });
    });
  }
  return await about(given, async () => {
    const open = await folderTree(given);
    const { name, class: extensionClass, project } = await describeOpenTree(open);
    const image = { fileName: `${name}.raw`, kind: "file", ...(await readImageFacts(open.tree)) } as const;
    return await use({ image, name, class: extensionClass, project, tree: open.tree });
  });
}
