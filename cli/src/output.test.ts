import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { bufferedOutput, streamOutput } from "./output.ts";

function sink(fault?: NodeJS.ErrnoException) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done(fault);
    },
  });
  return { written, stream };
}

test("what is written arrives, and nothing is no write", async () => {
  const { written, stream } = sink();
  const output = streamOutput(stream);
  await output.write("a");
  await output.write("");
  await output.write(Uint8Array.of(98));
  assert.deepEqual(written, ["a", "b"]);
  assert.equal(output.isTerminal, false);
  assert.equal(streamOutput(Object.assign(sink().stream, { isTTY: true })).isTerminal, true);
});

test("a reader that has gone is told apart from a full disk", async () => {
  const gone = streamOutput(sink(Object.assign(new Error("pipe"), { code: "EPIPE", errno: -32 })).stream);
  await assert.rejects(gone.write("a"), { name: "ReaderGone" });
  await assert.rejects(gone.write("b"), { name: "ReaderGone" });
  const full = streamOutput(sink(Object.assign(new Error("space"), { code: "ENOSPC", errno: -28 })).stream);
  await assert.rejects(full.write("a"), { name: "Failure", message: /disk is full/, subject: /output/ });
});

test("short texts are held until a page is full, and are flushed once", async () => {
  const { written, stream } = sink();
  const buffered = bufferedOutput(streamOutput(stream));
  assert.equal(buffered.write("x".repeat(32 * 1024 - 1)), undefined);
  assert.deepEqual(written, []);
  await buffered.write("y");
  assert.equal(written.join("").length, 32 * 1024);
  assert.equal(buffered.write("z"), undefined);
  await buffered.flush();
  await buffered.flush();
  assert.deepEqual(written.slice(1), ["z"]);
});
