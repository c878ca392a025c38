// A program for kernel-mount.ts: prints how an image, as we read it, differs from where the kernel has mounted it.
import { spawnSync } from "node:child_process";
import { compareTrees, type FileTree, walkTree } from "../../image/src/index.ts";
import { parseDump } from "../../image/src/node/host-xattrs.ts";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";

const [image = "", mount = ""] = process.argv.slice(2);

const allXattrs = ["--recursive", "--physical", "--no-dereference", "--dump", "--encoding=hex", "--match=-"];
// It fails where the file system of the mount has no attributes at all, which is as good as none.
const { stdout: dump } = spawnSync("getfattr", [...allXattrs, "--", "."], {
  cwd: mount,
  maxBuffer: 1 << 30,
  stdio: ["ignore", "pipe", "ignore"],
});
const xattrs = new Map(Array.from(parseDump(dump), ([path, values]) => [path.replace(/^\.(?:\/|$)/, ""), values]));

const opened = await openImageFile(image);
try {
  const mounted = hostFolder(mount, { xattrs });
  const differences = [...(await compareTrees(mounted, opened.tree)), ...(await differentLinks(mounted, opened.tree))];
  console.log(JSON.stringify({ differences, xattrs: xattrs.size }));
} finally {
  await opened.close();
}

/** How many links each file and folder has; comparing trees looks only at which names lead to one file. */
async function differentLinks(mounted: FileTree, tree: FileTree): Promise<object[]> {
  const found: object[] = [];
  for await (const { path } of walkTree(mounted, "")) {
    const [theirs, ours] = await Promise.all([mounted.stat(path), tree.stat(path)]);
    if (theirs.nlink !== ours.nlink) found.push({ path, change: "nlink", theirs: theirs.nlink, ours: ours.nlink });
  }
  return found;
}
