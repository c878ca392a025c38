// Runs the suites inside VS Code's extension host: all files beside this one that are called *.mocha.cjs.
import { readdirSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";
import { deadline } from "../../support/eventually.ts";
import { FileReporter, onlyVariable } from "./report.ts";

/** What VS Code calls: runs all tests, and throws when one fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: 2 * deadline, reporter: FileReporter });
  const only = process.env[onlyVariable];
  if (only !== undefined) mocha.grep(new RegExp(only));
  const suites = readdirSync(__dirname).filter((name) => name.endsWith(".mocha.cjs"));
  for (const name of suites.sort()) mocha.addFile(path.join(__dirname, name));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
