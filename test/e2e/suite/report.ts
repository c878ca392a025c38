// How the suite inside VS Code tells the test outside what happened: lines of JSON in a file.
import { appendFileSync } from "node:fs";
import Mocha from "mocha";

/** Names the file for the extension host. */
export const reportVariable = "SYSEXT_E2E_REPORT";

/** A pattern of the only suites and tests to run, while one works on them. */
export const onlyVariable = "SYSEXT_E2E_ONLY";

/** A finished test; `error` says why it failed. */
export interface ReportLine {
  readonly suite: string;
  readonly title: string;
  readonly error?: string;
}

/** A Mocha reporter that writes every test's result. */
export class FileReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner) {
    super(runner);
    const result = (test: Mocha.Test, error?: string): void =>
      write({
        suite: test.parent?.fullTitle() ?? "",
        title: test.title,
        ...(error === undefined ? {} : { error }),
      });
    runner.on("pass", (test) => result(test));
    runner.on("pending", (test) => result(test, "Nothing is skipped inside VS Code."));
    runner.on("fail", (test, error: unknown) =>
      result(test, error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }
}

function write(line: ReportLine): void {
  const file = process.env[reportVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
