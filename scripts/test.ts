// `npm test`: runs the checks and all tests, or one group of them: test.ts [unit|images|vscode].
import { type GroupName, groups, runGroups } from "./test-groups.ts";

const all = Object.keys(groups) as GroupName[];
const asked = process.argv[2];
const names = asked === undefined ? all : all.filter((name) => name === asked);
if (names.length === 0) {
  console.error(`There is no group of tests "${asked}"; there are ${all.join(", ")}.`);
  process.exitCode = 2;
} else if (!(await runGroups(names))) {
  process.exitCode = 1;
}
