// Collects extended attributes; files with equal ones share an entry of the table.
import { byteWriter } from "../bytes/byte-writer.ts";
import { ImageError } from "../bytes/image-error.ts";
import { recordSize } from "../bytes/record.ts";
import type { StoredBlock } from "../codec/block-encoder.ts";
import { compareNames, encodeName } from "../tree/names.ts";
import { pathOf, type ScannedNode } from "../tree/scan.ts";
import { lookupTable, metadataWriter, packPosition } from "./metadata-writer.ts";
import { NO_XATTRS, XATTR_PREFIXES } from "./superblock.ts";
import { listLayout, nameLayout, valueLayout, xattrHeaderLayout } from "./xattr-table.ts";

export interface XattrWriter {
  /** Index of its attributes in the table; NO_XATTRS when there are none. */
  add(node: ScannedNode): number;
  /** The whole table as it stands at `at`, and the position of its header; undefined when nobody has attributes. */
  finish(at: number): { readonly bytes: Uint8Array; readonly header: number } | undefined;
}

export function xattrWriter(encode: (block: Uint8Array) => StoredBlock): XattrWriter {
  const pairs = metadataWriter(encode);
  const lists = byteWriter();
  const known = new Map<string, number>();

  return {
    add(node) {
      const { xattrs } = node;
      if (xattrs.size === 0) return NO_XATTRS;
      const sorted = [...xattrs].sort(([a], [b]) => compareNames(a, b));
      const key = JSON.stringify(sorted.map(([name, value]) => [name, value.join()]));
      const shared = known.get(key);
      if (shared !== undefined) return shared;

      const record = byteWriter();
      for (const [name, value] of sorted) {
        const { type, rest } = splitName(node, name);
        const bytes = encodeName(rest);
        record.record(nameLayout, { type, length: bytes.length }).bytes(bytes);
        record.record(valueLayout, { length: value.length }).bytes(value);
      }
      const position = packPosition(pairs.position());
      lists.record(listLayout, { position, count: sorted.length, size: record.length });
      pairs.write(record.view());
      known.set(key, known.size);
      return known.size - 1;
    },

    finish(at) {
      if (known.size === 0) return undefined;
      const stored = pairs.finish().bytes;
      const { bytes, index: header } = lookupTable(lists.view(), at + stored.length, encode);
      // The header stands between the lists' blocks and the array of their positions.
      const blocks = header - at - stored.length;
      const table = byteWriter(stored.length + bytes.length + recordSize(xattrHeaderLayout));
      table.bytes(stored).bytes(bytes.subarray(0, blocks));
      table.record(xattrHeaderLayout, { start: at, count: known.size, unused: 0 }).bytes(bytes.subarray(blocks));
      return { bytes: table.view(), header };
    },
  };
}

function splitName(node: ScannedNode, name: string): { type: number; rest: string } {
  for (const [type, prefix] of XATTR_PREFIXES.entries()) {
    if (name.startsWith(prefix)) return { type, rest: name.slice(prefix.length) };
  }
  throw new ImageError(
    "unsupported",
    `squashfs cannot hold the attribute "${name}" of "${pathOf(node)}", only those of ${XATTR_PREFIXES.map((prefix) => `"${prefix}"`).join(", ")}`,
  );
}
