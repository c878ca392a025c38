// Sizes, times and counts as a reader likes to see them.

const units = ["kB", "MB", "GB", "TB"];

/** "312 bytes", "4.1 kB", "27 MB": two or three digits, in steps of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  let value = bytes;
  let unit = -1;
  while (unit < 0 || (value >= 999.5 && unit < units.length - 1)) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`;
}

/** "0.3 s", "12 s", "2 min 5 s". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A count with a space between thousands, as in "100 000". */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** Seconds since 1970 as "2026-11-23 05:22:09 UTC": the same on every machine, like the image itself. */
export function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace("T", " ").replace(".000Z", " UTC");
}
