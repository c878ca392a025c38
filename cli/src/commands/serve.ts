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
    port: { value: "N", summary: `the port, ${usualPort} when not given; 0 takes one that is free` },
    host: { value: "ADDRESS", summary: "an address of this machine alone, 127.0.0.1 when not given" },
  },
  details: [
    "Serves until Ctrl-C, read-only, and only to this machine: the files have no password.",
    "A virtual machine of QEMU with its usual network reaches it as http://10.0.2.2:8080/;",
    "for another machine forward the port: ssh -R 8080:127.0.0.1:8080 MACHINE.",
    "Hidden files, and what symlinks lead to outside of DIR, are not served.",
  ],
  async run({ values, positionals: given }, { stdout, stderr, signal }) {
    checkCount("serve", positionals, given);
    const [folder = ""] = given;
    const { port = usualPort, host = "127.0.0.1" } = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new Failure(`"${port}" is no port; one is a number from 0 to 65535`);
    }
    if (!isLoopback(host)) {
      const way = "serve at 127.0.0.1 and forward the port, as with ssh -R";
      throw new Failure(`other machines could reach "${host}", and the files have no password; ${way}`);
    }
    signal.throwIfAborted();
    const onRequest = (request: ServedRequest) => void stderr.write(requestLine(request)).catch(() => undefined);
    const server = await about(folder, () => serveFolder(folder, { host, port: Number(port), onRequest }));
    try {
      if (!existsSync(path.join(folder, manifestName))) {
        await stderr.write(printable(`sysext: ${folder}: there is no ${manifestName}, so hosts find nothing; `));
        await stderr.write('"sysext publish" writes it\n');
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
  return `${printable(`${method} ${asked}`)} ${status} ${bytesText(bytes)}${aborted ? ", cut off" : ""}\n`;
}
