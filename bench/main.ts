// Runs the benchmarks, all or those that are named: `npm run bench -- build open keystroke`.
import { buildBundles } from "../scripts/build-bundles.ts";
import * as activation from "./activation.ts";
import * as build from "./build.ts";
import * as check from "./check.ts";
import * as extract from "./extract.ts";
import * as faults from "./faults.ts";
import * as keystroke from "./keystroke.ts";
import * as ls from "./ls.ts";
import * as open from "./open.ts";
import * as search from "./search.ts";
import * as server from "./server.ts";
import * as tree from "./tree.ts";
import * as updatePlan from "./update-plan.ts";
import * as view from "./view.ts";

const benchmarks = {
  activation,
  build,
  check,
  open,
  ls,
  extract,
  faults,
  keystroke,
  search,
  server,
  tree,
  "update-plan": updatePlan,
  view,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in benchmarks));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(benchmarks).join(", ")}.`);
  process.exitCode = 2;
} else if (!buildBundles()) {
  process.exitCode = 1;
} else {
  for (const [name, { title, run }] of Object.entries(benchmarks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}: ${title}`);
    await run();
  }
}
