// `npm run check`: types, format, lint and the house rules, without any other test.
import { runGroups } from "./test-groups.ts";

if (!(await runGroups(["check"]))) process.exitCode = 1;
