/**
 * Where a text ceases to be JSON. Engines tell it in sentences of their own, in which some leave the place out, and into
 * which they put pieces of the text. https://www.rfc-editor.org/rfc/rfc8259
 * @param text what could not be parsed
 * @returns the index of the first character that can't stand there; the text's length where it only ends too early
 */
export function wrongAt(text: string): number {
  /** The brackets that have to be closed, the innermost last. */
  const open: ("]" | "}")[] = [];
  let at = 0;
  let wanted: "value" | "first-value" | "name" | "first-name" | "colon" | "more" = "value";
  for (;;) {
    while (at < text.length && " \t\n\r".includes(text.charAt(at))) at += 1;
    const character = text.charAt(at);
    if (wanted === "more" || (wanted === "first-value" && character === "]") || (wanted === "first-name" && character === "}")) {
      const end = open.at(-1);
      if (end !== undefined && character === end) open.pop();
      if (end === undefined || (character !== end && (character !== "," || wanted !== "more"))) return at;
      wanted = character === end ? "more" : end === "]" ? "value" : "name";
      at += 1;
    } else if (wanted === "colon") {
      if (character !== ":") return at;
      wanted = "value";
      at += 1;
    } else if ((wanted === "value" || wanted === "first-value") && (character === "[" || character === "{")) {
      open.push(character === "[" ? "]" : "}");
      wanted = character === "[" ? "first-value" : "first-name";
      at += 1;
    } else {
      const isName: boolean = wanted === "name" || wanted === "first-name";
      const scalar = isName && character !== '"' ? { end: at, whole: false } : scalarAt(text, at);
      if (!scalar.whole) return scalar.end;
      wanted = isName ? "colon" : "more";
      at = scalar.end;
    }
  }
}

/** How far a text, a number or a word goes, and whether that is all of it. */
interface Scalar {
  readonly end: number;
  readonly whole: boolean;
}

function scalarAt(text: string, start: number): Scalar {
  const first = text.charAt(start);
  if (first === '"') return stringAt(text, start + 1);
  const word = WORDS.find((each) => each.startsWith(first) && first !== "");
  if (word !== undefined) {
    let length = 1;
    while (length < word.length && text.charAt(start + length) === word.charAt(length)) length += 1;
    return { end: start + length, whole: length === word.length };
  }
  // A beginning is enough: what has no digit at its end is cut off there.
  const [number = ""] = /^-?(?:0|[1-9]\d*)?(?:(?<=\d)\.\d*)?(?:(?<=\d)[eE][+-]?\d*)?/.exec(text.slice(start, start + LONGEST_NUMBER)) ?? [];
  return { end: start + number.length, whole: /\d$/.test(number) };
}

const WORDS = ["true", "false", "null"] as const;

/** Of a longer one the place is told too early. */
const LONGEST_NUMBER = 10_000;

/** By hand: a pattern runs out of stack on a long text. */
function stringAt(text: string, start: number): Scalar {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return { end: at + 1, whole: true };
    if (character < " ") break;
    at += 1;
    if (character !== "\\") continue;
    const escape = text.charAt(at);
    if (escape === "" || !'"\\/bfnrtu'.includes(escape)) break;
    at += 1;
    if (escape !== "u") continue;
    const digits = /^[\da-f]{0,4}/i.exec(text.slice(at, at + 4))?.[0].length ?? 0;
    at += digits;
    if (digits < 4) break;
  }
  return { end: at, whole: false };
}
