// What goes wrong with a source or a folder of updates, in a sentence for people.

/** A source that cannot be read, or a folder that cannot be published or served. */
export class UpdateError extends Error {
  override readonly name = "UpdateError";
  /** The path or address that it is about; it may hold any characters. */
  readonly subject: string;

  /** `reason` is a sentence without a full stop. */
  constructor(subject: string, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.subject = subject;
  }
}

/** A failed operation of the system as an UpdateError about `subject`; one of ours stays what it is. */
export function updateError(subject: string, error: unknown): UpdateError {
  return error instanceof UpdateError ? error : new UpdateError(subject, systemReason(error), error);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "no permission",
  EPERM: "no permission",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ELOOP: "too many symlinks on its path",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  EIO: "the disk reports an error",
  EADDRINUSE: "another program uses it; choose another with --port, or a free one with --port 0",
  EADDRNOTAVAIL: "this machine does not have the address",
  ECONNREFUSED: "nothing answers there; is the server running?",
  ECONNRESET: "the server closed the connection too early",
  EPIPE: "the server closed the connection too early",
  ENOTFOUND: "no machine has that name",
  EAI_AGAIN: "the name cannot be looked up; is there a network?",
  ETIMEDOUT: "the server does not answer",
  EHOSTUNREACH: "there is no way to that machine",
  ENETUNREACH: "there is no way to that network",
};

function systemReason(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  if (/^HPE_/.test(code)) return "what answers there does not speak HTTP";
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return "what answers there does not speak HTTPS";
  if (/CERT|TLS|ISSUER|LEAF_SIGNATURE/.test(code)) return `its certificate is not trusted (${code})`;
  return reasons[code] ?? `the system says ${code}`;
}

/** node's code of a failed operation (`ENOENT`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
