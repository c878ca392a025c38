// Checks of release files that need the whole tree, or a host.
import type { TreeCheck } from "../../check.ts";
import { architectureMismatch, architectureMissing } from "./architecture.ts";
import { azureId } from "./azure-sysext-id.ts";
import { levelNeedsHostLevel } from "./level-needs-host-level.ts";
import { multipleFiles } from "./multiple-files.ts";
import { reloadMissing } from "./reload-missing.ts";
import { rollingHost } from "./rolling-host.ts";
import { strictHazard, strictLost } from "./strict-attribute.ts";

/** In the order of their findings. */
export const releaseInTreeChecks: readonly TreeCheck[] = [
  levelNeedsHostLevel,
  architectureMissing,
  architectureMismatch,
  reloadMissing,
  multipleFiles,
  strictHazard,
  strictLost,
  rollingHost,
  azureId,
];
