// The suite that runs inside VS Code's extension host.
import Mocha from "mocha";
import { FileReporter, onlyVariable, partVariable } from "./report.ts";

/** What VS Code calls: runs all tests, and throws when one fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", timeout: 60_000, reporter: FileReporter });
  const only = process.env[onlyVariable];
  if (only !== undefined) mocha.grep(new RegExp(only));
  // Makes `suite` and `test` known to the files that are loaded next.
  mocha.suite.emit("pre-require", globalThis, "suite", mocha);
  if (process.env[partVariable] === "activation") {
    await import("./activation.mocha.ts");
  } else {
    await import("./platform.mocha.ts");
    await import("./language.mocha.ts");
    await import("./units.mocha.ts");
    await import("./trees.mocha.ts");
    await import("./updates.mocha.ts");
    await import("./update-files.mocha.ts");
    await import("./build.mocha.ts");
    await import("./browse.mocha.ts");
    await import("./images-view.mocha.ts");
    await import("./image-actions.mocha.ts");
    await import("./tasks.mocha.ts");
    await import("./compare.mocha.ts");
    await import("./overview.mocha.ts");
    // Adds a folder to the workspace, so it comes last.
    await import("./image-folder.mocha.ts");
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
