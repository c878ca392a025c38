// name/overlay-unsafe: a few characters in a name break the mount of all extensions.
import type { ExtensionClass, ReleaseTree } from "../../model/release-context.ts";
import { releasePath } from "../../model/release-location.ts";
import type { ReleaseCheck } from "../check.ts";
import { nameInProject } from "../er/name-mismatch.ts";
import type { Fix } from "../finding.ts";

export const overlayUnsafe: ReleaseCheck = {
  id: "name/overlay-unsafe",
  severity: "error",
  title: "A name that breaks the overlay mount",
  why: "The names of all merged extensions are part of one mount option, where : , and \\ have a special meaning; older versions of systemd then merge no extension at all.",
  example: {
    bad: "ID=_any\n",
    good: "ID=_any\n",
    badPath: "usr/lib/extension-release.d/extension-release.a:b",
    name: "a:b",
    fixed: [
      {
        files: {
          "usr/lib/extension-release.d/extension-release.a:b": undefined,
          "usr/lib/extension-release.d/extension-release.a-b": "ID=_any\n",
          "sysext.json": '{\n  "name": "a-b"\n}\n',
        },
      },
    ],
  },
  run(file, { tree, location, path }, report) {
    const [unsafe] = /[:,\\]/.exec(tree?.name ?? "") ?? [];
    if (unsafe === undefined || tree === undefined) return;
    report(
      file.head,
      `the "${unsafe}" in the name "${tree.name}" prevents a host from merging any extension; choose a name without it`,
      { fixes: location === undefined || path === undefined ? [] : [renameExtension(tree, location, path)] },
    );
  },
};

/** Calls the extension, and its release file, by a name that every mount takes. */
function renameExtension(tree: ReleaseTree, location: ExtensionClass, path: string): Fix {
  const name = tree.name.replaceAll(/[:,\\]+/g, "-");
  const { title, changes } = nameInProject(tree, name);
  return { title, changes: [{ kind: "rename", from: path, to: releasePath(location, name) }, ...changes] };
}
