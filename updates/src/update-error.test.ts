import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { UpdateError, updateError } from "./update-error.ts";

for (const [code, reason] of [
  ["ENOENT", "no such file or folder"],
  ["ECONNRESET", "the server closed the connection too early"],
  ["HPE_INVALID_CONSTANT", "the server does not speak HTTP"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "the server does not speak HTTPS"],
  ["CERT_HAS_EXPIRED", "its certificate is not trusted (CERT_HAS_EXPIRED)"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)"],
  ["EWEIRD", "the system says EWEIRD"],
] as const) {
  test(`${code} is told as "${reason}"`, () => {
    const error = updateError("place", Object.assign(new Error("internal"), { code }));
    assert.deepEqual([error.subject, error.message], ["place", reason]);
  });
}

test("what is told already stays, and what node says itself is passed on", async () => {
  const told = new UpdateError("a", "b");
  assert.equal(updateError("c", told), told);
  assert.equal(updateError("c", new Error("words")).message, "words");
  const refused = await new Promise((resolve) => connect(1, "127.0.0.1").on("error", resolve));
  assert.match(updateError("c", refused).message, /^connection refused/);
});
