import type { Failure } from "./model.ts";

/** A stretch of a value, and whether it is in the way (or, in what was expected, lacking). */
export interface Segment {
  readonly text: string;
  readonly differs: boolean;
}

/** How what was sent has to relate to what was expected. */
export type Relation = "equal" | "include" | "status" | "example";

/** What was sent beside what would have passed. */
export interface Comparison {
  readonly relation: Relation;
  /** Null when there was no such field. */
  readonly actual: readonly Segment[] | null;
  readonly expected: readonly Segment[];
}

/** Compares the field at fault with a value that passes, or null when no field is at fault. */
export function compare({ code, header, subject }: Failure): Comparison | null {
  if (header === null) return null;
  const { actual, expected } = header;
  switch (code) {
    case "method-not-allowed":
    case "header-not-allowed":
    case "authorization-not-covered-by-wildcard":
      return { relation: "include", actual: plain(actual), expected: [{ text: expected, differs: true }] };
    case "allow-methods-invalid":
    case "allow-headers-invalid":
      return { relation: "example", actual: mark(actual, subject), expected: [{ text: expected, differs: false }] };
    case "preflight-redirect":
    case "preflight-status-not-ok":
      return { relation: "status", actual: whole(actual), expected: [{ text: expected, differs: true }] };
    default:
      if (actual === null) return { relation: "equal", actual, expected: [{ text: expected, differs: true }] };
      return { relation: "equal", ...difference(actual, expected) };
  }
}

/** The stretches in which two texts differ: all between what they have in common at both ends. */
export function difference(actual: string, expected: string): { actual: Segment[]; expected: Segment[] } {
  const shorter = Math.min(actual.length, expected.length);
  let start = 0;
  while (start < shorter && actual[start] === expected[start]) start++;
  let end = 0;
  while (end < shorter - start && actual[actual.length - 1 - end] === expected[expected.length - 1 - end]) end++;
  return { actual: cut(actual, start, end), expected: cut(expected, start, end) };
}

function cut(text: string, start: number, end: number): Segment[] {
  const middle = text.length - end;
  return [
    { text: text.slice(0, start), differs: false },
    { text: text.slice(start, middle), differs: true },
    { text: text.slice(middle), differs: false },
  ].filter((segment) => segment.text !== "");
}

function mark(text: string | null, part: string | null): Segment[] | null {
  const at = text === null || part === null ? -1 : text.indexOf(part);
  return text === null || part === null || at === -1 ? plain(text) : cut(text, at, text.length - at - part.length);
}

function plain(text: string | null): Segment[] | null {
  return text === null ? null : [{ text, differs: false }];
}

function whole(text: string | null): Segment[] | null {
  return text === null ? null : [{ text, differs: true }];
}
