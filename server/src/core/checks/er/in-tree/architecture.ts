// er/architecture-missing and er/architecture-elf-mismatch: programs, and the architecture that the release file names.
import type { TreeCheck } from "../../check.ts";
import { elfBytes } from "../../tree/elf-example.ts";
import { sayOfEach } from "../../tree/say-of-each.ts";
import { addLine, ownReleases } from "./own-releases.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

/** Architectures whose programs the kernel of another runs as well. */
const alsoRuns: Readonly<Record<string, readonly string[]>> = {
  "x86-64": ["x86"],
  arm64: ["arm"],
  s390x: ["s390"],
  ppc64: ["ppc"],
  mips64: ["mips"],
  "mips64-le": ["mips-le"],
};

/** Programs and libraries where the host looks for them. */
const publicPlace = /^(?:usr\/(?:local\/)?s?bin|usr\/lib(?:64|32)?(?:\/[^/]+-linux-\w+)?|opt\/[^/]+\/bin)\/[^/]+$/;
/** Folders that each architecture has its own of, so that those of others may be in a tree as well. */
const ownFolder = /^usr\/lib\/[^/]+-linux-\w+\//;

export const architectureMissing: TreeCheck = {
  id: "er/architecture-missing",
  severity: "warning",
  title: "Programs for one architecture in an extension for all",
  why: "Without ARCHITECTURE=, hosts of all architectures merge the extension, and its programs fail on some of them.",
  example: {
    badTree: {
      [release]: "ID=_any\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
    goodTree: {
      [release]: "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
    fixed: ["good"],
  },
  run(facts, _context, report) {
    const found = new Map<string, string>();
    for (const [path, { architecture, kind }] of facts.elfs) {
      if (architecture !== undefined && kind !== "other" && publicPlace.test(path) && !found.has(architecture)) {
        found.set(architecture, path);
      }
    }
    const least = [...found].filter(([name]) => ![...found.keys()].some((other) => alsoRuns[other]?.includes(name)));
    const [only] = least;
    // Programs for several may be chosen from by what starts them.
    if (only === undefined || least.length > 1) return;
    const [architecture, program] = only;
    for (const [path, file] of ownReleases(facts)) {
      if (file.assignments.some(({ name }) => name === "ARCHITECTURE") || file.disguised("ARCHITECTURE")) continue;
      report(
        path,
        `"${program}" runs only on "${architecture}", but hosts of all architectures merge this; add "ARCHITECTURE=${architecture}"`,
        { span: file.head, fixes: [addLine(file, `ARCHITECTURE=${architecture}`)] },
      );
    }
  },
};

export const architectureMismatch: TreeCheck = {
  id: "er/architecture-elf-mismatch",
  severity: "error",
  title: "Programs for another architecture than the extension's",
  why: "A host with the architecture in the release file merges the extension, but cannot run the program.",
  example: {
    badTree: {
      [release]: "ID=_any\nARCHITECTURE=arm64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 62 }), mode: 0o755 },
    },
    goodTree: {
      [release]: "ID=_any\nARCHITECTURE=x86-64\n",
      "usr/bin/tool": { bytes: elfBytes({ machine: 3, bits: 32 }), mode: 0o755 },
    },
  },
  run(facts, _context, report) {
    const [first] = ownReleases(facts);
    const declared = first?.[1].get("ARCHITECTURE")?.text;
    if (declared === undefined || declared === "_any") return;
    const others = [...facts.elfs].flatMap(([path, { architecture }]) =>
      architecture === undefined ||
      architecture === declared ||
      alsoRuns[declared]?.includes(architecture) === true ||
      !publicPlace.test(path) ||
      ownFolder.test(path)
        ? []
        : [{ path, architecture }],
    );
    sayOfEach(others, ({ path, architecture }, more) =>
      report(
        path,
        `this program is for "${architecture}", but the release file has "ARCHITECTURE=${declared}"; rebuild it, or correct the release file${more}`,
      ),
    );
  },
};
