// `npm test`: runs the checks and all tests, or one group of them: test.ts [unit|images|vscode|long].
import { allGroups, runGroups, shortGroups } from "./test-groups.ts";

const asked = process.argv[2];
const names = asked === undefined ? shortGroups : allGroups.filter((name) => name === asked);
if (names.length === 0) {
  console.error(`There is no group of tests "${asked}"; there are ${allGroups.join(", ")}.`);
  process.exitCode = 2;
} else if (!(await runGroups(names))) {
  process.exitCode = 1;
}
