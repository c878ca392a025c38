// `sysext publish` as a user runs it, with the user's own gpg.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { waitUntil } from "../support/eventually.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli, startCli } from "./run-cli.ts";

before(ensureBundles);

const images = { "out/app_1.raw": "one", "out/app_2.raw": "two" };

/** A home of gpg with a key for `test@example.com`, as the environment that says so. */
function keyring(t: TestContext): { readonly GNUPGHOME: string } {
  const home = tempFolder(t);
  const env = { ...process.env, GNUPGHOME: home };
  const key = ["--quick-generate-key", "Test <test@example.com>", "default", "sign", "never"];
  execFileSync("gpg", ["--batch", "--quiet", "--pinentry-mode=loopback", "--passphrase=", ...key], {
    env,
    stdio: ["ignore", "ignore", "ignore"],
  });
  t.after(() => execFileSync("gpgconf", ["--kill", "all"], { env }));
  return { GNUPGHOME: home };
}

test("the manifest is written, and what it says is told", async (t) => {
  const folder = makeFolder(t, images);
  assert.deepEqual(await runCli(["publish", "out"], { cwd: folder }), {
    status: 0,
    stdout: `${path.join("out", "SHA256SUMS")}: 2 files, 6 bytes; 2 new\nIt is not signed, so hosts accept it only with Verify=no.\n`,
    stderr: "",
  });
  const again = await runCli(["publish", "out"], { cwd: folder });
  assert.match(again.stdout, /^It is already up to date\.$/m);
  assert.deepEqual(await runCli(["publish", "out", "--check"], { cwd: folder }), { status: 0, stdout: "", stderr: "" });
});

test("--json tells what was published, and what is wrong", async (t) => {
  const folder = makeFolder(t, images);
  const { stdout } = await runCli(["publish", "out", "--json"], { cwd: folder });
  const { files, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, {
    manifest: path.join("out", "SHA256SUMS"),
    added: ["app_1.raw", "app_2.raw"],
    removed: [],
    changed: [],
    refused: [],
    signed: false,
    written: true,
  });
  assert.deepEqual([files[0].name, files[0].size, files[0].sha256.length], ["app_1.raw", 3, 64]);
  writeFileSync(path.join(folder, "out/app_3.raw"), "three");
  const checked = await runCli(["publish", "out", "--check", "--json"], { cwd: folder });
  assert.equal(checked.status, 1);
  assert.deepEqual(JSON.parse(checked.stdout), {
    folder: "out",
    right: false,
    problems: [
      {
        kind: "unlisted",
        path: path.join("out", "app_3.raw"),
        message: "the manifest does not list it, so hosts do not find it; publish again",
      },
    ],
  });
});

test("a version that changed is refused with status 1, and nothing is written", async (t) => {
  const folder = makeFolder(t, images);
  await runCli(["publish", "out"], { cwd: folder });
  const before = readFileSync(path.join(folder, "out/SHA256SUMS"), "utf8");
  writeFileSync(path.join(folder, "out/app_1.raw"), "another");
  const { status, stdout, stderr } = await runCli(["publish", "out"], { cwd: folder });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^sysext: app_1\.raw: it changed since it was published, .*--force\n$/);
  assert.equal(readFileSync(path.join(folder, "out/SHA256SUMS"), "utf8"), before);
  const checked = await runCli(["publish", "out", "--check"], { cwd: folder });
  assert.deepEqual([checked.status, checked.stdout.split(":")[0]], [1, path.join("out", "app_1.raw")]);
  assert.equal((await runCli(["publish", "out", "--force"], { cwd: folder })).status, 0);
});

test("a day, or a number of days, limits the manifest", async (t) => {
  const folder = makeFolder(t, images);
  const { stdout } = await runCli(["publish", "out", "--best-before", "2999-01-31"], { cwd: folder });
  assert.match(stdout, /^Hosts refuse it from 2999-01-31 on\.$/m);
  const day = 86_400_000;
  const earliest = Date.now() + 30 * day;
  const { bestBefore } = JSON.parse(
    (await runCli(["publish", "out", "--best-before", "30d", "--json"], { cwd: folder })).stdout,
  );
  const left = Date.parse(bestBefore) - earliest;
  assert.ok(left >= 0 && left <= 2 * day, bestBefore);
  const past = await runCli(["publish", "out", "--best-before", "2020-01-01"], { cwd: folder });
  assert.equal(past.status, 2);
  assert.match(
    past.stderr,
    /BEST-BEFORE-2020-01-01: hosts refuse the manifest because that date has begun; give a later date\n$/,
  );
});

test("a signature is made by gpg, checked, and never stays beside a manifest that it does not fit", async (t) => {
  if (!requireTool(t, "gpg", "gpgconf")) return;
  const folder = makeFolder(t, images);
  const out = path.join(folder, "out");
  const options = { cwd: folder, env: keyring(t) };
  const signed = await runCli(["publish", "out", "--sign", "--key", "test@example.com"], options);
  assert.deepEqual([signed.status, signed.stderr], [0, ""]);
  assert.match(signed.stdout, /^It is signed\.$/m);
  const verify = () =>
    execFileSync("gpg", ["--verify", "SHA256SUMS.gpg", "SHA256SUMS"], {
      cwd: out,
      env: { ...process.env, ...options.env },
      stdio: "ignore",
    });
  verify();
  assert.equal((await runCli(["publish", "out", "--check", "--sign"], options)).status, 0);

  writeFileSync(path.join(out, "app_3.raw"), "three");
  const stale = await runCli(["publish", "out"], options);
  assert.equal(stale.status, 2);
  assert.match(stale.stderr, /SHA256SUMS\.gpg: it signs the previous manifest; .*--sign, .*--unsigned\n$/);
  verify();
  assert.equal((await runCli(["publish", "out", "--sign"], options)).status, 0);
  verify();

  const manifest = readFileSync(path.join(out, "SHA256SUMS"), "utf8");
  writeFileSync(path.join(out, "SHA256SUMS"), manifest.split("\n").reverse().join("\n").trimStart().concat("\n"));
  const bad = await runCli(["publish", "out", "--check", "--sign"], options);
  assert.deepEqual(
    [bad.status, bad.stdout],
    [1, `${path.join("out", "SHA256SUMS.gpg")}: it does not match the manifest; sign it again\n`],
  );
  assert.equal((await runCli(["publish", "out", "--unsigned"], options)).status, 0);
  assert.ok(!existsSync(path.join(out, "SHA256SUMS.gpg")));
});

test("without gpg, or without the key, nothing is written", async (t) => {
  const folder = makeFolder(t, images);
  const without = await runCli(["publish", "out", "--sign"], { cwd: folder, env: { PATH: tempFolder(t) } });
  assert.deepEqual([without.status, without.stdout], [2, ""]);
  assert.equal(
    without.stderr,
    'sysext: out: the program "gpg" is missing, which makes and checks signatures; install GnuPG\n',
  );
  if (requireTool(t, "gpg", "gpgconf")) {
    const env = { GNUPGHOME: tempFolder(t) };
    t.after(() => execFileSync("gpgconf", ["--kill", "all"], { env: { ...process.env, ...env } }));
    for (const [key, words] of [
      [["--key", "--help me"], 'gpg has no signing key "--help me"; "gpg --list-secret-keys" lists its keys'],
      [[], 'gpg has no signing key; "gpg --list-secret-keys" lists its keys, and'],
    ] as const) {
      const args = key.length === 0 ? ["--sign"] : ["--sign", `${key[0]}=${key[1]}`];
      const { status, stderr } = await runCli(["publish", "out", ...args], { cwd: folder, env });
      assert.equal(status, 2);
      assert.ok(stderr.startsWith(`sysext: out: ${words}`), stderr);
    }
  }
  assert.deepEqual(readdirSync(path.join(folder, "out")), ["app_1.raw", "app_2.raw"]);
});

for (const [args, sentence] of [
  [[], "argument DIR is missing: sysext publish DIR"],
  [["missing"], "missing: no such file or folder"],
  [["out", "--key", "me"], '"--key" requires "--sign"'],
  [["out", "--sign", "--unsigned"], '"--sign" and "--unsigned" cannot be used together'],
  [["out", "--check", "--force"], '"--force" and "--check" cannot be used together'],
  [["out", "--best-before", "soon"], '"soon" is not a valid date; use a date such as 2027-01-31, or 30d for 30 days'],
] as const) {
  test(`"sysext publish ${args.join(" ")}" fails with one sentence`, async (t) => {
    const folder = makeFolder(t, images);
    const result = await runCli(["publish", ...args], { cwd: folder });
    assert.deepEqual(result, { status: 2, stdout: "", stderr: `sysext: ${sentence}\n` });
    assert.deepEqual(readdirSync(path.join(folder, "out")), ["app_1.raw", "app_2.raw"]);
  });
}

test("Ctrl-C leaves everything as it was", async (t) => {
  if (process.platform === "win32") return t.skip("Windows sends no signals");
  const folder = makeFolder(t, { "out/app_1.raw": "", "out/SHA256SUMS": "" });
  truncateSync(path.join(folder, "out/app_1.raw"), 2 ** 40); // nobody reads that to its end
  const child = startCli(["publish", "out"], { cwd: folder });
  await waitUntil("the image to be read", () => readsImage(child.pid ?? 0) || child.exitCode !== null);
  child.kill("SIGINT");
  const [status] = await once(child, "close");
  assert.equal(status, 130);
  assert.deepEqual(readdirSync(path.join(folder, "out")), ["SHA256SUMS", "app_1.raw"]);
  assert.equal(readFileSync(path.join(folder, "out/SHA256SUMS"), "utf8"), "");
});

/** Whether a process has the image open; elsewhere than on Linux nobody can tell, so it is taken to have. */
function readsImage(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    const handles = `/proc/${pid}/fd`;
    return readdirSync(handles).some((handle) => readlinkSync(`${handles}/${handle}`).endsWith("/app_1.raw"));
  } catch {
    return false; // a handle that is closed by now
  }
}

test("names from the folder cannot act on a terminal", async (t) => {
  if (process.platform === "win32") return t.skip("Windows has no such names");
  const folder = makeFolder(t, {});
  mkdirSync(path.join(folder, "out"));
  writeFileSync(path.join(folder, "out/\x1b[2Japp_1.raw"), "");
  const { status, stderr } = await runCli(["publish", "out"], { cwd: folder });
  assert.equal(status, 2);
  assert.match(stderr, /\\x1b\[2Japp_1\.raw/);
});
