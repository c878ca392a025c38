// What stands beside units in the examples of checks: services that they start.
import type { ExampleTree } from "../check.ts";

const service = "[Service]\nExecStart=/usr/bin/demo\n";

export const demoService: ExampleTree = { "usr/lib/systemd/system/demo.service": service };

/** What a socket starts for each connection. */
export const demoTemplate: ExampleTree = { "usr/lib/systemd/system/demo@.service": service };

/** A service that a target starts as well. */
export const otherService: ExampleTree = {
  "usr/lib/systemd/system/other.service": service,
  "usr/lib/systemd/system/multi-user.target.d/20-other.conf": "[Unit]\nUpholds=other.service\n",
};
