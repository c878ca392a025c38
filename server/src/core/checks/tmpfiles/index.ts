// Checks of tmpfiles.d and sysusers.d, by which a host makes the files and users of an extension.
import type { TreeCheck } from "../check.ts";
import { sysusersChecks } from "../sysusers/declared-users.ts";
import { tmpfilesLineChecks } from "./made-files.ts";

export const tmpfilesChecks: readonly TreeCheck[] = [...tmpfilesLineChecks, ...sysusersChecks];
