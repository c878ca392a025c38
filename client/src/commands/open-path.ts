// Goes to a path inside an image: a file opens, a folder is shown in the view, a symlink leads where it leads.
import { commands, l10n, type Uri } from "vscode";
import type { FileType } from "../../../image/src/index.ts";
import { findFile } from "../images/find-file.ts";
import { imageUri } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { revealInView } from "./browse-image.ts";

export async function openPath(services: Services, image: Uri, path: string, type: FileType): Promise<void> {
  const target = type === "symlink" ? await followed(services, image, path) : { path, type };
  if (target.type === "file") await commands.executeCommand("vscode.open", imageUri(image, target.path));
  else await revealInView(services, image, target.path, target.type);
}

async function followed({ store }: Services, image: Uri, link: string): Promise<{ path: string; type: FileType }> {
  const { path, stat } = await store.use(image, ({ tree }) => findFile(tree, link));
  if (stat !== undefined) return { path, type: stat.type };
  throw new UserError(
    l10n.t(
      'The symlink "{0}" points to "/{1}", which is not in this image; the host may provide it.',
      shownName(nameOf(link)),
      shownName(path),
    ),
  );
}
