// Why there is no host of a name.

/**
 * `unknown`: no known host has the name, and there is no such file. `unreadable`: what is there cannot be read. `not-a-host`:
 * it can be read, and describes no host.
 */
export type HostErrorKind = "unknown" | "unreadable" | "not-a-host";

/** The message is a sentence without a full stop; of `unknown` it has the name in it, otherwise it is about `subject`. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly kind: HostErrorKind;
  /** The name as the user wrote it. */
  readonly subject: string;

  constructor(kind: HostErrorKind, subject: string, message: string) {
    super(message);
    this.kind = kind;
    this.subject = subject;
  }
}
