// `sysext serve`: a folder of images over HTTP, for a test machine.
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { manifestName } from "../../../server/src/core/index.ts";
import { isLoopback, type ServedRequest, serveFolder } from "../../../updates/src/index.ts";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { about, exitStatus, Failure } from "../failure.ts";
import { bytesText } from "../report/amounts.ts";
import { printable } from "../report/printable.ts";

const positionals = ["DIR"];
const usualPort = "8080";

export const serveCommand = defineCommand({
  name: "serve",
  summary: "serve a folder of images to a test machine, over HTTP",
  positionals,
  options: {
    port: { value: "N", summary: `the port; default: ${usualPort}; 0 chooses a free one` },
    host: { value: "ADDRESS", summary: "a loopback address of this machine; default: 127.0.0.1" },
  },
  details: [
    "Serves files read-only to this machine until Ctrl-C; there is no access control.",
    "A QEMU virtual machine with user networking reaches it at http://10.0.2.2:8080/;",
    "for another machine, forward the port: ssh -R 8080:127.0.0.1:8080 MACHINE.",
    "Hidden files and symlink targets outside DIR are not served.",
  ],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("serve", positionals, given);
    const [folder = ""] = given;
    const { port = usualPort, host = "127.0.0.1" } = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new Failure(`"${port}" is not a valid port; use a number from 0 to 65535`);
    }
    if (!isLoopback(host)) {
      const way = "serve on 127.0.0.1 and forward the port, for example with ssh -R";
      throw new Failure(`other machines could reach "${host}", and there is no access control; ${way}`);
    }
    signal.throwIfAborted();
    const onRequest = (request: ServedRequest) => void stderr.write(requestLine(request)).catch(() => undefined);
    const server = await about(folder, () => serveFolder(folder, { host, port: Number(port), onRequest }));
    try {
      if (!existsSync(path.join(folder, manifestName))) {
        await stderr.write(printable(`sysext: ${folder}: it has no ${manifestName}, so hosts find no files; `));
        await stderr.write('"sysext publish" creates it\n');
      }
      await stdout.write(`Serving ${printable(folder)} at ${server.address} until Ctrl-C. In a transfer:\n`);
      await stdout.write(`Path=${server.address}\n`);
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await server.close();
    }
    return exitStatus.done;
  },
});

function requestLine({ method, path: asked, status, bytes, aborted }: ServedRequest): string {
  return `${printable(`${method} ${asked}`)} ${status} ${bytesText(bytes)}${aborted ? ", aborted" : ""}\n`;
}
