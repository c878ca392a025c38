// sysusers.d in an extension: users and groups that it makes on the host, and when.
import type { TreeFacts } from "../../model/tree-facts.ts";
import { type Field, parseWordLines } from "../../syntax/word-lines.ts";
import type { TreeCheck } from "../check.ts";

const place = "usr/lib/sysusers.d/demo.conf";
const release = "usr/lib/extension-release.d/extension-release.demo";
const units = "usr/lib/systemd/system";

interface Line {
  readonly file: string;
  readonly type: string;
  readonly name: Field;
  readonly id?: Field;
  readonly home?: Field;
}

/** The lines of all sysusers.d files of the tree. */
function linesOf({ texts }: TreeFacts): Line[] {
  return [...texts].flatMap(([file, text]) =>
    /\/sysusers\.d\/[^/]+\.conf$/.test(file)
      ? parseWordLines(text).flatMap(({ fields: [type, name, id, _title, home] }) =>
          type === undefined || name === undefined
            ? []
            : {
                file,
                type: type.text.charAt(0),
                name,
                ...(id === undefined ? {} : { id }),
                ...(home === undefined ? {} : { home }),
              },
        )
      : [],
  );
}

/** Settings of units that need a user or group. */
const ownerSetting = /^[ \t]*(?:User|Group|SupplementaryGroups|SocketUser|SocketGroup)[ \t]*=[ \t]*(.*)$/gm;

/** The first version in which the initrd can merge extensions of the booted system, so that their users come in time. */
const initrdVersion = 261;

const late: TreeCheck = {
  id: "sysusers/late",
  severity: "warning",
  title: "A user that is created too late for its unit",
  why: "systemd-sysusers runs at boot without waiting for extensions. A unit that needs a user of the extension fails on the first boot, and after a merge on a running host.",
  example: {
    badTree: {
      [place]: "u demo -\n",
      [release]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      [`${units}/demo.service`]: "[Service]\nExecStart=/usr/bin/demo\nUser=demo\n",
      [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n",
    },
    goodTree: {
      [place]: "u demo -\n",
      [release]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      [`${units}/demo.service`]:
        "[Service]\nExecStart=/usr/bin/demo\nUser=demo\nExecStartPre=+systemd-sysusers demo.conf\n",
      [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n",
    },
  },
  run(facts, { hosts }, report) {
    const merged = hosts.length > 0 && hosts.every(({ systemd = 0 }) => systemd >= initrdVersion);
    if (merged || facts.units.files.some(({ file }) => /systemd-sysusers/.test(file.text))) return;
    const needed = new Set(
      facts.units.files.flatMap(({ file }) =>
        [...file.text.matchAll(ownerSetting)].flatMap(([, names = ""]) => names.trim().split(/\s+/)),
      ),
    );
    const line = linesOf(facts).find(({ type, name }) => (type === "u" || type === "g") && needed.has(name.text));
    if (line === undefined) return;
    report(
      line.file,
      `"${line.name.text}" may not exist when its unit starts, because users are created before extensions are merged; run "systemd-sysusers" before the unit starts, or use "DynamicUser="`,
      {
        span: line.name.span,
      },
    );
  },
};

const home: TreeCheck = {
  id: "sysusers/home",
  severity: "info",
  title: "A home folder that nothing creates",
  why: "sysusers.d sets the home folder of a user but does not create it; tmpfiles.d or StateDirectory= of the user's service does.",
  example: {
    badTree: { [place]: 'u demo - "Demo" /var/lib/demo\n' },
    goodTree: {
      [place]: 'u demo - "Demo" /var/lib/demo\n',
      [release]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      [`${units}/demo.service.d/10-state.conf`]: "[Service]\nStateDirectory=demo\n",
    },
  },
  run(facts, _context, report) {
    const texts = [...facts.texts].flatMap(([path, text]) => (path.includes("/tmpfiles.d/") ? [text] : []));
    for (const { file, home: folder } of linesOf(facts)) {
      const path = folder?.text ?? "-";
      if (folder === undefined || !/^\/(?:var|home|srv)\//.test(path)) continue;
      const state = path.startsWith("/var/lib/") ? path.slice("/var/lib/".length) : undefined;
      const isMade =
        texts.some((text) => text.includes(path)) ||
        (state !== undefined && facts.units.files.some((unit) => isStateOf(unit.file.text, state)));
      if (isMade) continue;
      report(
        file,
        `nothing creates the home folder "${path}"; add a line "d ${path}" to tmpfiles.d, or "StateDirectory=" to the service`,
        {
          span: folder.span,
        },
      );
    }
  },
};

function isStateOf(text: string, folder: string): boolean {
  const [, names = ""] = /^[ \t]*StateDirectory[ \t]*=[ \t]*(.*)$/m.exec(text) ?? [];
  return names.split(/\s+/).some((name) => name.split(":")[0] === folder);
}

const ownedFiles: TreeCheck = {
  id: "sysusers/owned-files",
  severity: "warning",
  title: "Files of a group whose number differs between hosts",
  why: "An image stores owners as numbers. A group without a number in sysusers.d gets any free one, so the files belong to different groups on different hosts.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o755, gid: 990 }, [place]: "g demo -\n" },
    goodTree: { "usr/bin/tool": { mode: 0o755, gid: 990 }, [place]: "g demo 990\n" },
    image: true,
  },
  run(facts, { image }, report) {
    if (!image) return;
    const fixed = new Set(linesOf(facts).flatMap(({ id }) => (id === undefined ? [] : id.text.split(":"))));
    const foreign = facts.extension.hierarchies
      .flatMap((folder) => facts.files.below(folder))
      .filter(({ uid, gid }) => uid === 0 && gid !== 0 && !fixed.has(String(gid)));
    const [first] = foreign;
    if (first === undefined) return;
    const others = foreign.length === 1 ? "" : `, as ${foreign.length - 1} more do`;
    report(
      first.path,
      `it belongs to the group ${first.gid}${others}, which may have another number on a host; set this number in sysusers.d`,
    );
  },
};

export const sysusersChecks: readonly TreeCheck[] = [late, home, ownedFiles];
