// tmpfiles.d in an extension: files that it makes on the host, and when.
import { isGenerated } from "../../model/project.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import { nameOf } from "../../model/tree-files.ts";
import { type Field, parseWordLines } from "../../syntax/word-lines.ts";
import { findNearest } from "../../text/nearest.ts";
import type { Span } from "../../text/span.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { declaredIn, isSystemUser, mayBeMadeElsewhere } from "../system-users.ts";

const place = "usr/lib/tmpfiles.d/demo.conf";
const reload = "usr/lib/extension-release.d/extension-release.demo";

interface Line {
  readonly file: string;
  /** Type without its modifiers, such as `C`. */
  readonly type: string;
  readonly path: Field;
  readonly user?: Field;
  readonly group?: Field;
  readonly argument?: Field;
}

/** The lines of all tmpfiles.d files of the tree. */
function linesOf({ texts }: TreeFacts): Line[] {
  return [...texts].flatMap(([file, text]) =>
    /\/tmpfiles\.d\/[^/]+\.conf$/.test(file)
      ? parseWordLines(text).flatMap(({ fields: [type, path, _mode, user, group, _age, argument] }) =>
          type === undefined || path === undefined
            ? []
            : {
                file,
                type: type.text.charAt(0),
                path,
                ...(user === undefined ? {} : { user }),
                ...(group === undefined ? {} : { group }),
                ...(argument === undefined ? {} : { argument }),
              },
        )
      : [],
  );
}

const sourceMissing: TreeCheck = {
  id: "tmpfiles/source-missing",
  severity: "error",
  title: "A missing file to copy or link",
  why: "C copies and L links to the path in its argument. If that does not exist, nothing is created, and the program does not find its configuration.",
  example: {
    badTree: { [place]: "C /etc/demo.conf - - - - /usr/share/demo/etc/demo.conf\n", "usr/share/demo/etc/demo.cfg": "" },
    goodTree: {
      [place]: "C /etc/demo.conf - - - - /usr/share/demo/etc/demo.conf\n",
      "usr/share/demo/etc/demo.conf": "",
    },
    fixed: [{ files: { [place]: "C /etc/demo.conf - - - - /usr/share/demo/etc/demo.cfg\n" } }],
  },
  run(facts, { base }, report) {
    const { files, extension } = facts;
    for (const { file, type, path, argument } of linesOf(facts)) {
      if ((type !== "C" && type !== "L") || path.text.includes("%")) continue;
      const isNamed = argument !== undefined && argument.text !== "-" && argument.text !== "";
      const source = isNamed ? argument.text : `/usr/share/factory${path.text}`;
      if (!source.startsWith("/usr/") || source.includes("%")) continue;
      const inTree = source.slice(1).replace(/\/+$/, "");
      if (files.resolve(inTree).kind === "file" || isGenerated(extension.project, inTree)) continue;
      // Without the host's files it is known to be missing only beside others that the extension brings there.
      const folder = inTree.slice(0, inTree.lastIndexOf("/"));
      const isOwnFolder =
        folder.split("/").length > 2 &&
        files.get(folder)?.type === "directory" &&
        !folder.startsWith("usr/share/factory");
      if (base === undefined ? !isOwnFolder : base.typeOf(inTree) !== undefined) continue;
      const meant = isNamed ? nearestIn(facts, folder, inTree) : undefined;
      const hint = meant === undefined ? "correct the path" : `did you mean "${meant}"?`;
      const { span } = isNamed ? argument : path;
      report(
        file,
        `"${source}" is not in the extension${base === undefined ? "" : ", nor on the host"}, so "${path.text}" is not created; ${hint}`,
        { span, fixes: meant === undefined ? [] : [replaceWith(span, meant)] },
      );
    }
  },
};

/** The file beside a missing one that was probably meant. */
function nearestIn({ files }: TreeFacts, folder: string, missing: string): string | undefined {
  const names = files.children(folder).map(({ path }) => nameOf(path));
  const name = nameOf(missing);
  const stem = name.replace(/\.[^.]*$/, "");
  const near = findNearest(name, names) ?? names.find((other) => other.replace(/\.[^.]*$/, "") === stem);
  return near === undefined ? undefined : `/${folder}/${near}`;
}

const ownerUndeclared: TreeCheck = {
  id: "tmpfiles/owner-undeclared",
  severity: "error",
  title: "An owner that does not exist",
  why: "systemd-tmpfiles ignores a line whose user or group does not exist on the host. Extensions declare their own in sysusers.d.",
  example: {
    badTree: { [place]: "d /run/demo 0755 demo demo\n" },
    goodTree: { [place]: "d /run/demo 0755 root root\n" },
    fixed: [{ files: { "usr/lib/sysusers.d/demo.conf": 'u demo - "demo"\n' } }],
  },
  run(facts, context, report) {
    const lines = linesOf(facts);
    if (lines.length === 0) return;
    const { users, groups } = declaredIn(facts);
    const said = new Set<string>();
    for (const line of lines) {
      for (const [kind, field, declared] of [
        ["user", line.user, users],
        ["group", line.group, groups],
      ] as const) {
        const name = field?.text.replace(/^:/, "") ?? "-";
        if (field === undefined || name === "-" || name === "" || name.includes("%") || isSystemUser(name)) continue;
        if (declared.has(name) || said.has(name) || mayBeMadeElsewhere(facts, context, name)) continue;
        said.add(name);
        report(line.file, `nothing creates the ${kind} "${name}", so the line is ignored; declare it in sysusers.d`, {
          span: field.span,
          fixes: declareFix(facts, kind, name),
        });
      }
    }
  },
};

function declareFix({ files, extension }: TreeFacts, kind: "user" | "group", name: string): Fix[] {
  const path = `usr/lib/sysusers.d/${extension.name}.conf`;
  if (files.get(path) !== undefined || !/^[a-z_][a-z0-9_-]*$/.test(name)) return [];
  const text = kind === "user" ? `u ${name} - "${name}"\n` : `g ${name} -\n`;
  return [{ title: `Declare it in "${path}"`, changes: [{ kind: "write", path, text }] }];
}

/** Whether a unit of the tree makes the files itself. */
function runsTmpfiles({ units }: TreeFacts): boolean {
  return units.files.some(({ file }) => /systemd-tmpfiles/.test(file.text));
}

/** The first line of the tree's first tmpfiles.d file. */
function firstLine(facts: TreeFacts): { readonly file: string; readonly span: Span } | undefined {
  const [line] = linesOf(facts);
  return line && { file: line.file, span: line.path.span };
}

/** The first version whose systemd-tmpfiles-setup.service waits for the merge at boot. */
const orderedVersion = 254;

const bootOrder: TreeCheck = {
  id: "tmpfiles/boot-order",
  severity: "warning",
  title: "Files that are created before the extension is merged",
  why: "Before systemd 254, tmpfiles.d is processed at boot without waiting for extensions, so the lines of an extension have no effect.",
  example: {
    badTree: { [place]: "d /run/demo\n", [reload]: "ID=_any\n" },
    goodTree: { "usr/share/demo/tmpfiles.d/demo.conf": "d /run/demo\n", [reload]: "ID=_any\n" },
    systemd: 253,
  },
  run(facts, { systemd }, report) {
    const first = systemd < orderedVersion && !runsTmpfiles(facts) ? firstLine(facts) : undefined;
    if (first === undefined) return;
    report(
      first.file,
      `before systemd ${orderedVersion}, files are created without waiting for extensions; run "systemd-tmpfiles --create" before your service starts`,
      {
        span: first.span,
      },
    );
  },
};

const dropIn = "usr/lib/systemd/system/demo.service.d/10-demo.conf";

const runtimeMerge: TreeCheck = {
  id: "tmpfiles/runtime-merge",
  severity: "info",
  title: "Files that a merge at run time does not create",
  why: "systemd-tmpfiles runs at boot. If an extension is merged on a running host, the files that its units need are created only at the next boot, unless a unit creates them.",
  example: {
    badTree: {
      [place]: "d /run/demo\n",
      [reload]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      [dropIn]: "[Service]\nReadWritePaths=/run/demo\n",
    },
    goodTree: {
      [place]: "d /run/demo\n",
      [reload]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      [dropIn]: "[Service]\nReadWritePaths=/run/demo\nExecStartPre=+systemd-tmpfiles --create demo.conf\n",
    },
  },
  run(facts, { systemd }, report) {
    if (systemd < orderedVersion || runsTmpfiles(facts)) return;
    const texts = facts.units.files.map(({ file }) => file.text);
    const line = linesOf(facts).find(
      ({ path }) => path.text.length > 4 && texts.some((text) => text.includes(path.text)),
    );
    if (line === undefined) return;
    report(
      line.file,
      `a merge on a running host does not create "${line.path.text}", which a unit needs; if that matters, run "systemd-tmpfiles --create" before the unit starts`,
      {
        span: line.path.span,
      },
    );
  },
};

export const tmpfilesChecks: readonly TreeCheck[] = [sourceMissing, ownerUndeclared, bootOrder, runtimeMerge];
