// Says when the node that runs the command line is too old for it.

/** The oldest version that has all that is used; package.json's "engines" names it too. */
export const oldestNode = "22.15";

/** Why a version of node will not do, one sentence; undefined for one that will. */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = oldestNode.split(".").map(Number);
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  return isOld
    ? `it needs node ${oldestNode} or newer, and this is node ${version}; run it with a newer one`
    : undefined;
}
