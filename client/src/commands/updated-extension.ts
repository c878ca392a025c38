// Which extension a command about updates is for: that of a tree, or of an image.
import { l10n, Uri } from "vscode";
import type { FileTree, OpenImage } from "../../../image/src/index.ts";
import type { UpdatedExtension } from "../../../shared/src/update-requests.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { hostFolderName } from "../updates/host-files.ts";
import { isImagesNode } from "../views/images-node.ts";
import { imageArgument } from "./image-argument.ts";
import { pickTree } from "./pick-tree.ts";

export interface ChosenExtension {
  readonly name: string;
  readonly class: "sysext" | "confext";
  /** For requests. */
  readonly extension: UpdatedExtension;
  /** Where files for the host go unless the user wants otherwise. */
  readonly hostFolder: Uri;
  /** The version that its project file gives it. */
  readonly version?: string;
  /** The image that was named, when one was. */
  readonly image?: Uri;
}

/** A release file is a few lines. */
const maxReleaseBytes = 1 << 20;

/**
 * The extension of the image or tree that the first argument names, else of the active editor, the workspace's only tree,
 * or the user's choice. Undefined when the user chose none.
 */
export async function chooseExtension(
  services: Services,
  args: readonly unknown[],
): Promise<ChosenExtension | undefined> {
  const image = namedImage(services, args);
  if (image !== undefined) return await extensionOfImage(services, image);
  const tree = await pickTree(services, args);
  if (tree === undefined) return undefined;
  return {
    name: tree.name,
    class: tree.class,
    extension: { tree: tree.uri },
    hostFolder: Uri.joinPath(Uri.parse(tree.uri), hostFolderName),
    ...(tree.version === undefined ? {} : { version: tree.version }),
  };
}

function namedImage(services: Services, args: readonly unknown[]): Uri | undefined {
  const [first] = args;
  const names = isImagesNode(first) || (first instanceof Uri && first.path.endsWith(".raw"));
  return names ? imageArgument(services, args) : undefined;
}

async function extensionOfImage({ store }: Services, image: Uri): Promise<ChosenExtension> {
  const { name, release, ...found } = await store.use(image, readRelease);
  return {
    name,
    class: found.class,
    extension: { name, class: found.class, release },
    hostFolder: Uri.joinPath(image, "..", hostFolderName),
    image,
  };
}

/** The name is that of the release file: the image's own may carry a version. */
async function readRelease({
  tree,
}: OpenImage): Promise<{ readonly name: string; readonly class: "sysext" | "confext"; readonly release: string }> {
  for (const [sort, folder] of [
    ["sysext", "usr/lib/extension-release.d"],
    ["confext", "etc/extension-release.d"],
  ] as const) {
    const [file] = (await listOrNothing(tree, folder)).filter((name) => name.startsWith("extension-release."));
    if (file === undefined) continue;
    const bytes = await tree.read(`${folder}/${file}`, 0, maxReleaseBytes);
    return {
      name: file.slice("extension-release.".length),
      class: sort,
      release: new TextDecoder().decode(bytes),
    };
  }
  throw new UserError(l10n.t("The image has no release file, so no host merges it."));
}

async function listOrNothing(tree: FileTree, folder: string): Promise<string[]> {
  try {
    return (await tree.list(folder)).map(({ name }) => name);
  } catch {
    return []; // it is not there
  }
}
