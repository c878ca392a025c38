// Where this project lies on the machine.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with package.json, whatever folder a script or test runs in. */
export const projectFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
