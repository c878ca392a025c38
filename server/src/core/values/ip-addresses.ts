// Tells addresses of the Internet from other text, as inet_pton does.

/** Four decimal numbers up to 255, none with a leading zero. */
export function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Eight groups of up to four hexadecimal digits, where `::` may stand for some and an IPv4 address for the last two. */
export function isIPv6(text: string): boolean {
  const [before = "", behind, ...more] = text.split("::");
  if (more.length > 0) return false;
  const head = groupsOf(before, behind === undefined);
  const tail = behind === undefined ? 0 : groupsOf(behind, true);
  if (head === undefined || tail === undefined) return false;
  return behind === undefined ? head === 8 : head + tail <= 7;
}

/** How many groups stand between single colons; undefined when one of them is none. */
function groupsOf(text: string, mayEndInIPv4: boolean): number | undefined {
  if (text === "") return 0;
  const groups = text.split(":");
  const last = groups.at(-1) ?? "";
  const mixed = mayEndInIPv4 && isIPv4(last);
  const plain = mixed ? groups.slice(0, -1) : groups;
  return plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? plain.length + (mixed ? 2 : 0) : undefined;
}
