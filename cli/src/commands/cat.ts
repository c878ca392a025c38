// `sysext cat`: the bytes of a file in an image.
import { type FileTree, resolvePath } from "../../../image/src/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus } from "../failure.ts";
import { partitionOption, readPartition, treePath, withImage } from "../image-path.ts";

const positionals = ["IMAGE", "PATH"];
const step = 1 << 20;

export const catCommand = defineCommand({
  name: "cat",
  summary: "print a file from an image to standard output",
  positionals,
  options: { partition: partitionOption },
  details: ["Symlinks are followed inside the image."],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("cat", positionals, given);
    const [image = "", written = ""] = given;
    const write = async ({ tree }: { tree: FileTree }): Promise<void> => {
      const path = await resolvePath(tree, treePath(written), signal);
      for (let at = 0; ; at += step) {
        const bytes = await tree.read(path, at, step, signal);
        await stdout.write(bytes);
        if (bytes.length < step) break;
      }
    };
    await withImage(image, { stderr, signal }, write, readPartition(values.partition));
    return exitStatus.done;
  },
});
