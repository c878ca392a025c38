// Amounts for people.

const units = ["kB", "MB", "GB", "TB", "PB", "EB"];

/** `999 bytes`, `1.5 kB`, `157 MB`: three digits, units of 1000. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const rounded = Number(bytes.toPrecision(3));
  const power = Math.min(Math.floor(Math.log10(rounded) / 3 + 1e-9), units.length);
  return `${Number((rounded / 1000 ** power).toPrecision(3))} ${units[power - 1]}`;
}

/** `1 file`, `2 files`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
