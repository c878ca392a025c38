// Checks that node is new enough to run the command line.

/** The oldest supported version; package.json's "engines" names the same. */
export const oldestNode = "22.15";

/** Why a version of node is not supported, one sentence; undefined for a supported one. */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [minMajor = 0, minMinor = 0] = oldestNode.split(".").map(Number);
  const isOld = major < minMajor || (major === minMajor && minor < minMinor);
  return isOld ? `node ${oldestNode} or newer is required; this is node ${version}` : undefined;
}
