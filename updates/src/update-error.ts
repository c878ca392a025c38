// Errors of sources and folders of updates, each a sentence for the user.

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
  ELOOP: "too many symlinks in its path",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  EMFILE: "too many files are open",
  EIO: "the disk reports an error",
  EADDRINUSE: "the address is already in use; choose another port with --port, or a free one with --port 0",
  EADDRNOTAVAIL: "this machine does not have that address",
  ECONNREFUSED: "connection refused; check that the server is running",
  ECONNRESET: "the server closed the connection too early",
  EPIPE: "the server closed the connection too early",
  ENOTFOUND: "unknown host name",
  EAI_AGAIN: "the host name cannot be resolved; check the network connection",
  ETIMEDOUT: "the server does not respond",
  EHOSTUNREACH: "the host is unreachable",
  ENETUNREACH: "the network is unreachable",
};

function systemReason(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  if (/^HPE_/.test(code)) return "the server does not speak HTTP";
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return "the server does not speak HTTPS";
  if (/CERT|TLS|ISSUER|LEAF_SIGNATURE/.test(code)) return `its certificate is not trusted (${code})`;
  return reasons[code] ?? `the system says ${code}`;
}

/** node's code of a failed operation (`ENOENT`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
