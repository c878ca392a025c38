import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../../test/support/tools.ts";
import { HostError } from "./host-error.ts";
import { maxFileSize } from "./os-release-file.ts";
import { resolveHost } from "./resolve-host.ts";

const osRelease = 'ID=demo\nVERSION_ID="7"\nPRETTY_NAME="Demo Linux"\n';

/** A folder with files by their path. */
function folderWith(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = tempFolder(t);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

async function errorOf(name: string, folder?: string): Promise<Pick<HostError, "kind" | "subject" | "message">> {
  try {
    await resolveHost(name, folder);
  } catch (error) {
    assert.ok(error instanceof HostError, String(error));
    return { kind: error.kind, subject: error.subject, message: error.message };
  }
  return assert.fail(`there is a host "${name}"`);
}

test("a known host goes before a file of its name, and its files are not known", async (t) => {
  const folder = folderWith(t, { "debian-13": osRelease });
  const { host, base } = await resolveHost("debian-13", folder);
  assert.deepEqual([host.title, base], ["Debian 13", undefined]);
  assert.equal((await resolveHost("./debian-13", folder)).host.title, "Demo Linux");
});

test("an os-release file counts from the folder, or from the root", async (t) => {
  const folder = folderWith(t, { "hosts/lab": osRelease });
  symlinkSync("lab", path.join(folder, "hosts/link"));
  for (const name of ["hosts/lab", "hosts/link", path.join(folder, "hosts/lab")]) {
    const { host, base } = await resolveHost(name, folder);
    assert.deepEqual([host.name, host.title, host.release.versionId, base], [name, "Demo Linux", "7", undefined]);
  }
  assert.equal((await resolveHost(path.join(folder, "hosts/lab"))).host.release.id, "demo");
  assert.equal((await errorOf("hosts/lab")).kind, "unknown");
});

test("bytes that are not UTF-8 are kept apart, as systemd compares bytes", async (t) => {
  const bytes = (last: number) => Buffer.from([...Buffer.from("ID=caf"), last, 10]);
  const folder = folderWith(t, { one: bytes(0xe9), other: bytes(0xe8) });
  const ids = await Promise.all(
    ["one", "other"].map(async (name) => (await resolveHost(name, folder)).host.release.id),
  );
  assert.notEqual(ids[0], ids[1]);
});

test("a root folder has its own files", async (t) => {
  const folder = folderWith(t, { "root/usr/lib/os-release": osRelease, "root/usr/bin/tool": "" });
  const { host, base } = await resolveHost("root", folder);
  assert.deepEqual(
    [host.title, base?.typeOf("usr/bin/tool"), base?.typeOf("usr/bin/no")],
    ["Demo Linux", "file", undefined],
  );
});

test("this machine says that it is this machine", async () => {
  const { host, base } = await resolveHost("this-machine");
  assert.match(host.title, /\S \(this machine\)$/);
  assert.equal(base?.typeOf("etc"), "directory");
});

test("a name of nothing is told with the name that was likely meant", async (t) => {
  assert.deepEqual(await errorOf("debian-31", tempFolder(t)), {
    kind: "unknown",
    subject: "debian-31",
    message: '"debian-31" is neither a known host nor an existing file; did you mean "debian-13"?',
  });
  const { message } = await errorOf("nothing/like/it", tempFolder(t));
  assert.match(message, /known hosts are this-machine, flatcar-stable/);
  for (const odd of ["", "a\0b", "x".repeat(5000)]) assert.ok((await errorOf(odd, tempFolder(t))).kind);
});

test("what is there and is no host says why", async (t) => {
  const folder = folderWith(t, { text: "hello\n", large: osRelease, "empty/file": "" });
  truncateSync(path.join(folder, "large"), maxFileSize + 1);
  assert.deepEqual(await errorOf("text", folder), {
    kind: "not-a-host",
    subject: "text",
    message: "it is not an os-release file, as it has no line such as ID=debian",
  });
  assert.match((await errorOf("large", folder)).message, /larger than 1 MiB/);
  assert.match((await errorOf("empty", folder)).message, /^it has no "etc\/os-release"/);
  truncateSync(path.join(folder, "large"), maxFileSize);
  assert.equal((await resolveHost("large", folder)).host.release.id, "demo");
});

test("a pipe is not waited for", async (t) => {
  if (process.platform === "win32") return t.skip("Windows has no such pipes");
  const folder = tempFolder(t);
  execFileSync("mkfifo", [path.join(folder, "pipe")]);
  assert.deepEqual(await errorOf("pipe", folder), {
    kind: "not-a-host",
    subject: "pipe",
    message: "it is neither a file nor a folder",
  });
});

test("a file that may not be read is not an unknown host", async (t) => {
  const folder = folderWith(t, { "closed/secret": osRelease });
  chmodSync(path.join(folder, "closed/secret"), 0);
  if (process.getuid?.() === 0) {
    symlinkSync("loop", path.join(folder, "loop")); // root reads everything, but not this
    assert.deepEqual(await errorOf("loop", folder), {
      ...{ kind: "unreadable", subject: "loop", message: "too many symlinks on its path" },
    });
    return;
  }
  assert.deepEqual(await errorOf("closed/secret", folder), {
    ...{ kind: "unreadable", subject: "closed/secret", message: "no permission" },
  });
});
