// What takes the content of a compressed file while that is unpacked.

/** Takes the pieces of the content as they come; a piece is valid until the next one is asked for. */
export type TakeContent = (content: AsyncIterable<Uint8Array>) => Promise<void>;
