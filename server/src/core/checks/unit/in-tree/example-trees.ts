// Trees for the examples of checks: the service demo.service, and what starts it.
import type { ExampleTree } from "../../check.ts";

const units = "usr/lib/systemd/system";

/** A release file that makes hosts find the units. */
export const reloading: ExampleTree = {
  "usr/lib/extension-release.d/extension-release.demo": "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
};

/** A drop-in by which `multi-user.target` starts demo.service. */
export const upholding: ExampleTree = {
  [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n",
};

/** A service that hosts start. */
export function startedDemo(text = "[Service]\nExecStart=/usr/bin/demo\n"): ExampleTree {
  return { ...reloading, ...upholding, [`${units}/demo.service`]: text };
}
