import type { Header } from "../../src/model.ts";

/** Field lines as they stand on the wire: `Access-Control-Allow-Origin: *`. */
export function headers(...lines: readonly string[]): Header[] {
  return lines.map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, "") };
  });
}

/** The bytes, isomorphic-decoded, for which something holds, to be compared with those for which it should. */
export function bytes(holds: (byte: string) => boolean): string[] {
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).filter(holds);
}

export const ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
