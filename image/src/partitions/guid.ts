// GUIDs of partition tables: 16 bytes, of which the first three groups are written the other way round.

/** Text of the GUID at `at`, with small letters. */
export function readGuid(bytes: Uint8Array, at: number): string {
  const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
  return order.map((i) => (i < 0 ? "-" : (bytes[at + i] ?? 0).toString(16).padStart(2, "0"))).join("");
}

export const NO_GUID = "00000000-0000-0000-0000-000000000000";
