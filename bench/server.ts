// What the language server takes for a tree of 2,000 units: memory, the first answer, and a keystroke in one of them.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { projectFolder } from "../scripts/project-folder.ts";
import { median } from "./measure.ts";

export const title = "the language server with 2,000 units in a tree: memory, first answer, keystrokes";

const count = 2000;
const keystrokes = 300;

export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    await measure(makeTree(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A tree of units that mention each other; gives the paths of the tree and of one unit. */
function makeTree(folder: string): { readonly root: string; readonly unit: string } {
  const root = path.join(folder, "demo");
  const units = path.join(root, "usr/lib/systemd/system");
  mkdirSync(units, { recursive: true });
  mkdirSync(path.join(root, "usr/lib/extension-release.d"));
  writeFileSync(path.join(root, "usr/lib/extension-release.d/extension-release.demo"), "ID=_any\n");
  for (let i = 0; i < count; i++) {
    const needs = `After=network.target demo-${(i * 7) % count}.service\nWants=demo-${(i * 11) % count}.service\n`;
    const limits = "MemoryMax=512M\nTasksMax=100\nProtectSystem=strict\nReadWritePaths=/var/lib/demo /run/demo\n";
    const command = `ExecStart=/usr/bin/demo --number ${i} \\\n  --state /var/lib/demo/${i}\n`;
    const text = `[Unit]\nDescription=Demo ${i}\n${needs}\n[Service]\n${command}Restart=on-failure\n${limits}`;
    writeFileSync(path.join(units, `demo-${i}.service`), text);
  }
  return { root, unit: path.join(units, "demo-5.service") };
}

async function measure({ root, unit }: { readonly root: string; readonly unit: string }): Promise<void> {
  const child = spawn(process.execPath, [path.join(projectFolder, "dist/server.cjs"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const uri = pathToFileURL(unit).href;
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: "demo" }],
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "sysext-unit", version: 1, text: readFileSync(unit, "utf8") },
  });
  const first = await timed(() => connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }));
  const mentions = await timed(() =>
    connection.sendRequest("textDocument/references", {
      textDocument: { uri },
      position: { line: 0, character: 2 },
      context: { includeDeclaration: true },
    }),
  );
  const times: number[] = [];
  for (let version = 2; version < 2 + keystrokes; version++) {
    const start = { line: 1, character: 12 };
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start, end: start }, text: "x" }],
    });
    times.push(await timed(() => connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } })));
  }
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(0.99 * (keystrokes - 1))] ?? Number.NaN;
  console.log(`  first findings ${first.toFixed(0)} ms, all mentions of a unit ${mentions.toFixed(0)} ms`);
  console.log(`  keystroke, request to answer: median ${median(times).toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
  console.log(`  memory: ${peakMegabytes(child.pid)}`);
  child.kill();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The highest resident memory of a process, where the system tells. */
function peakMegabytes(pid: number | undefined): string {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? "not told" : `${(Number(kilobytes) / 1024).toFixed(0)} MB at most`;
  } catch {
    return "not told by this system";
  }
}
