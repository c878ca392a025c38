// `npm run mutate`: makes small wrong changes to the code and sees whether the tests nearest to each notice it.
//
//   mutate.ts [--count 300] [--seed 1] [--room NAME]… [--folder PATH]… [--jobs N]
//
// Stryker runs here with node's test runner, once it is kept from reading tsconfig.json with an API that TypeScript 7 does
// not have. But it takes no sample of a code base, runs every test that covers a change, takes what tests start as a
// bundle for not covered, and brings 143 packages.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { randomNumbers } from "../test/support/random-numbers.ts";
import { type Candidate, choose, isWithin, shareOut } from "./mutate/choose.ts";
import { mutationsOf } from "./mutate/mutations.ts";
import { isOfTests, usersOf } from "./mutate/nearest-tests.ts";
import { describeMutation, percentageCaught, summarize } from "./mutate/report.ts";
import {
  buildScript,
  copyBundles,
  copyProject,
  projectFiles,
  removeCopies,
  runScript,
} from "./mutate/scratch-project.ts";
import { tryMutations, type Verdict } from "./mutate/try-mutations.ts";
import { projectFolder } from "./project-folder.ts";

/** The rooms and their modules; the first that fits has a module. */
const rooms: readonly (readonly [name: string, files: RegExp])[] = [
  ["core", /^server\/src\/core\//],
  ["protocol", /^server\//],
  ...["image", "updates", "hosts", "cli", "client", "shared"].map((name) => [name, RegExp(`^${name}/`)] as const),
];
/** Each room gets so many at least, where it has them. */
const minPerRoom = 12;
/** Of all mutations that are tried so many percent have to be caught. */
const minCaught = 90;
const limits = { maxTests: 14, maxTestMs: 120_000 };

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    room: { type: "string", multiple: true, default: rooms.map(([name]) => name) },
    folder: { type: "string", multiple: true, default: [] },
    jobs: { type: "string", default: `${availableParallelism()}` },
  },
});

function roomOf(file: string): string | undefined {
  return rooms.find(([, files]) => files.test(file))?.[0];
}

const files = projectFiles();
const sources = new Map(
  files
    .filter((file) => /\.ts$/.test(file) && !file.endsWith(".d.ts"))
    .map((file) => [file, readFileSync(path.join(projectFolder, file), "utf8")]),
);
const candidates = new Map<string, Candidate[]>(values.room.map((room) => [room, []]));
for (const [file, source] of sources) {
  // Generated tables are held to what they are generated from.
  if (isOfTests(file) || source.startsWith("// Generated") || !isWithin(file, values.folder)) continue;
  candidates.get(roomOf(file) ?? "")?.push(...mutationsOf(source).map((mutation) => ({ ...mutation, file })));
}
const random = randomNumbers(Number(values.seed));
const shares = shareOut(candidates, Number(values.count), minPerRoom);
const chosen = [...candidates].flatMap(([room, some]) => choose(some, shares.get(room) ?? 0, random));
console.log(`${chosen.length} changes of ${[...candidates.values()].flat().length} possible changes`);

removeCopies();
process.on("exit", removeCopies);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
const pristine = copyProject("pristine", files);
if ((await runScript(pristine, buildScript, 300_000)) !== "passed") throw new Error("the bundles cannot be built");
const changed = Array.from({ length: Number(values.jobs) }, (_, index) => copyProject(`${index + 1}`, files));
for (const folder of changed) copyBundles(pristine, folder);

const verdicts: Verdict[] = [];
const leftOut = await tryMutations(chosen, usersOf(sources), { pristine, changed }, limits, (verdict) => {
  verdicts.push(verdict);
  const { candidate, isCaught, tests } = verdict;
  const what = describeMutation(candidate, sources.get(candidate.file) ?? "");
  const ran = tests.length === 0 ? "no test reaches it" : `${tests.length} tests: ${tests.join(" ")}`;
  console.log(
    `${verdicts.length}/${chosen.length} ${isCaught ? "caught" : "SURVIVED"} ${what}${isCaught ? "" : `; ${ran}`}`,
  );
});
if (leftOut.length > 0) console.log(`Not run, since they fail or are too slow without a change: ${leftOut.join(" ")}`);
console.log(summarize(verdicts, roomOf));
if (percentageCaught(verdicts) < minCaught) process.exitCode = 1;
