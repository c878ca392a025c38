// The one error that image/ throws: what is wrong with an image or with reading it, and where.

/**
 * `corrupt`: the bytes contradict the format. `unsupported`: a valid thing that this library does not read or write.
 * `io`: the bytes could not be read or written.
 */
export type ImageErrorKind = "corrupt" | "unsupported" | "io";

export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly kind: ImageErrorKind;
  /** Byte offset in the image at which the fault shows; undefined when the fault has no place. */
  readonly offset: number | undefined;

  /** The message without words about the image as a whole, for texts that say themselves what is damaged. */
  readonly fault: string;

  /** `message` is a sentence for the user, without the image's name and without a full stop. */
  constructor(kind: ImageErrorKind, message: string, offset?: number, fault = message) {
    super(message);
    this.kind = kind;
    this.offset = offset;
    this.fault = fault;
  }
}

/** The error for bytes that contradict the format; `fault` says which, as the second half of a sentence. */
export function damaged(fault: string, offset?: number): ImageError {
  return new ImageError("corrupt", `the image is damaged: ${fault}`, offset, fault);
}
