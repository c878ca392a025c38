// Has systemd itself judge the units of the examples, as they look on a host that has merged them.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { tempFolder } from "../support/tools.ts";

const verify = 'mount -t overlay overlay -o "lowerdir=$1:$2:/usr" /usr; shift 2; systemd-analyze verify --man=no "$@"';

/** Programs that an example's units start and that are not in the repository. */
const fetched: Record<string, readonly string[]> = { docker: ["containerd", "dockerd"], hello: [] };

for (const [example, programs] of Object.entries(fetched)) {
  test(`systemd has nothing to say about the units of ${example}`, (t) => {
    if (!canMount(t, "systemd-analyze")) return;
    const standIns = tempFolder(t);
    mkdirSync(path.join(standIns, "bin"));
    for (const program of programs) writeFileSync(path.join(standIns, "bin", program), "#!/bin/sh\n", { mode: 0o755 });
    const tree = path.join(projectFolder, "examples", example, "usr");
    const units = readdirSync(path.join(tree, "lib/systemd/system"), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => `/usr/lib/systemd/system/${name}`);
    assert.notEqual(units.length, 0);
    // The targets carry the drop-ins that start the units.
    const { status, output } = withPrivateMounts(
      verify,
      tree,
      standIns,
      ...units,
      "multi-user.target",
      "sockets.target",
    );
    assert.equal(output, "");
    assert.equal(status, 0);
  });
}
