// What is made of gpg's answers, with a program in its place that answers as a test says.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../../test/support/tools.ts";
import { signatureFault, signText } from "./gpg.ts";
import { UpdateError } from "./update-error.ts";

interface Answer {
  readonly status?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Puts a gpg first in the search path; gives what it was called with and what it read. */
function answering(t: TestContext, { status = 0, stdout = "", stderr = "" }: Answer) {
  const folder = tempFolder(t);
  const file = (name: string) => path.join(folder, name);
  writeFileSync(file("out"), stdout);
  writeFileSync(file("err"), stderr);
  writeFileSync(
    file("gpg"),
    `#!/bin/sh\nprintf '%s\\n' "$@" >"$0.args"\ncat >"$0.in"\ncat "\${0%gpg}out"\ncat "\${0%gpg}err" >&2\nexit ${status}\n`,
  );
  chmodSync(file("gpg"), 0o755);
  const before = process.env["PATH"];
  process.env["PATH"] = `${folder}:${before}`;
  t.after(() => {
    process.env["PATH"] = before;
  });
  return {
    args: () => readFileSync(file("gpg.args"), "utf8").trimEnd().split("\n"),
    input: () => readFileSync(file("gpg.in"), "utf8"),
  };
}

test("gpg signs a text with its own key, or with the one that is named", async (t) => {
  const gpg = answering(t, { stdout: "SIGNATURE" });
  assert.equal((await signText("a text\n", "SHA256SUMS")).toString(), "SIGNATURE");
  assert.deepEqual(gpg.args(), ["--batch", "--status-fd=2", "--detach-sign", "--output=-"]);
  assert.equal(gpg.input(), "a text\n");
  await signText("", "SHA256SUMS", { key: "me@example.com" });
  assert.deepEqual(gpg.args().slice(2), ["--detach-sign", "--local-user=me@example.com", "--output=-"]);
});

for (const [what, answer, key, message] of [
  [
    "no key",
    { status: 2, stderr: "[GNUPG:] NO_SECKEY x\n" },
    undefined,
    /^gpg has no signing key; .* "gpg --quick-generate-key" creates one$/,
  ],
  ["not the key", { status: 2, stderr: "[GNUPG:] INV_SGNR 9 X\n" }, "X", /^gpg has no signing key "X"; "gpg --list/],
  ["no default key", { status: 2, stderr: "[GNUPG:] FAILURE sign 17\n" }, undefined, /^gpg has no signing key; /],
  ["agent's words", { status: 2, stderr: "[GNUPG:] FAILURE sign 067108881\n" }, undefined, /^gpg has no signing key/],
  [
    "another failure",
    { status: 2, stderr: "gpg: first\ngpg: signing failed: Timeout\n[GNUPG:] FAILURE sign 83\n" },
    "X",
    /^gpg could not sign: "signing failed: Timeout"$/,
  ],
  ["an end without a word", { status: 1, stdout: "half" }, undefined, /^gpg could not sign: "no message"$/],
  ["an empty signature", { status: 0 }, undefined, /^gpg could not sign: "no message"$/],
] as const) {
  test(`signing says why it failed: ${what}`, async (t) => {
    answering(t, answer);
    const signed = signText("", "SHA256SUMS", key === undefined ? {} : { key });
    await assert.rejects(signed, (error) => {
      assert.ok(error instanceof UpdateError);
      assert.equal(error.subject, "SHA256SUMS");
      assert.match(error.message, message);
      return true;
    });
  });
}

for (const [what, answer, fault] of [
  ["a good one", { stderr: "[GNUPG:] GOODSIG A\n[GNUPG:] VALIDSIG B\n" }, undefined],
  ["one that gpg does not call valid", { stderr: "gpg: odd\n" }, /^gpg rejects it: "odd"$/],
  ["a valid one that gpg refuses", { status: 2, stderr: "[GNUPG:] VALIDSIG B\r\ngpg: no\r\n" }, /rejects it: "no"$/],
  ["one of another text", { status: 1, stderr: "[GNUPG:] BADSIG A\n" }, /^it does not match the manifest/],
  ["an unknown key", { status: 2, stderr: "[GNUPG:] ERRSIG A\n[GNUPG:] NO_PUBKEY A\n" }, /not in the keyring/],
  ["an unknown key in short", { status: 2, stderr: "[GNUPG:] NO_PUBKEY A\n" }, /not in the keyring/],
  ["a key that expired", { status: 2, stderr: "[GNUPG:] EXPKEYSIG A\n" }, /has expired or was revoked/],
  ["a key that was revoked", { status: 2, stderr: "[GNUPG:] REVKEYSIG A\n" }, /has expired or was revoked/],
  ["none", { status: 2, stderr: "[GNUPG:] NODATA 1\n" }, /^it is not a signature; sign again$/],
] as const) {
  test(`a signature is judged by gpg's status lines: ${what}`, async (t) => {
    const gpg = answering(t, answer);
    const found = await signatureFault("a text\n", "/x/SHA256SUMS.gpg", "SHA256SUMS");
    if (fault === undefined) assert.equal(found, undefined);
    else assert.match(found ?? "", fault);
    assert.deepEqual(gpg.args().slice(2), ["--verify", "--", "/x/SHA256SUMS.gpg", "-"]);
    assert.equal(gpg.input(), "a text\n");
  });
}

test("a missing gpg is named, and a signal stops one", async (t) => {
  const before = process.env["PATH"];
  process.env["PATH"] = tempFolder(t);
  t.after(() => {
    process.env["PATH"] = before;
  });
  await assert.rejects(signText("", "SHA256SUMS"), { name: "UpdateError", message: /"gpg" is missing.*install GnuPG/ });
  const reason = new Error("stopped");
  await assert.rejects(signText("", "SHA256SUMS", { signal: AbortSignal.abort(reason) }), reason);
  const abort = new AbortController();
  answering(t, { stdout: "SIGNATURE" });
  const signed = signText("", "SHA256SUMS", { signal: abort.signal });
  abort.abort(reason);
  await assert.rejects(signed, reason);
});
