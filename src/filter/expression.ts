import { linearTest } from "./linear.ts";

/** What a regular expression becomes: a test of a URL, or why it can't be one. */
export type Expression = { readonly matches: (url: string) => boolean } | "invalid" | "slow";

/** How long a URL may be for JavaScript's own expressions, in characters: they may take the square of it. */
export const LONGEST_TRIED = 2000;

/**
 * Makes a test of a regular expression, which doesn't heed letter case. JavaScript's own take longer than anybody lives
 * for some, and pages choose their URLs, so it only gets those that can't do that.
 */
export function expressionOf(source: string): Expression {
  try {
    const expression = new RegExp(source, "i");
    // It may only turn out to be too large when it is tried.
    expression.test("");
    const linear = linearTest(source);
    if (linear !== null && (repeatsMuch(source) || !isSimple(source))) return { matches: linear };
    if (!isSimple(source)) return "slow";
    // One that looks around has to do with a URL's beginning.
    return { matches: (url) => (url.length > LONGEST_TRIED && linear !== null ? linear(url) : expression.test(url.slice(0, LONGEST_TRIED))) };
  } catch {
    return "invalid";
  }
}

/** It repeats what most of a URL's characters are, or a group: from each place on it would be tried as far as the end. */
function repeatsMuch(source: string): boolean {
  const tokens = source.match(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^]/g) ?? [];
  return tokens.some((token, index) => /^(?:[.)[]|\\[SWDw])/.test(token) && /^[*+{]$/.test(tokens[index + 1] ?? ""));
}

/** It repeats once at most, and then chooses nothing; or it chooses a little. What looks back is never simple. */
function isSimple(source: string): boolean {
  const plain = source.replace(/\\[^\dk]|\[(?:\\[^]|[^\]\\])*\]|\(\?/g, "").replace(/([*+?}])\?/g, "$1");
  const repetitions = plain.match(/[*+]|\{\d/g)?.length ?? 0;
  const choices = plain.match(/[?|]/g)?.length ?? 0;
  return !plain.includes("\\") && (repetitions === 0 ? choices <= 8 : repetitions === 1 && choices === 0);
}
