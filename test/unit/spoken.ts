import { transformSync } from "esbuild";

/** Attributes that are read out or shown. */
const SPOKEN = /^"?(title|placeholder|alt|label|aria-(label|description|roledescription|valuetext|placeholder))"?$/;

/** Where in compiled JSX a piece of code is: among the arguments of an element, or anywhere else. */
interface Place {
  readonly element: boolean;
  readonly opener: string;
  /** How many commas of its own came before. */
  commas: number;
  /** Of an object: the key that is being given a value. */
  key: string;
}

/**
 * The texts of a component that stand in its source, where `_locales` should have them: children of elements, and
 * attributes that are read out. Texts without a letter are signs.
 * @param source TSX
 */
export function ownWords(source: string): string[] {
  // Children and attributes become arguments, whatever braces and line breaks they were written with.
  const { code } = transformSync(source, { loader: "tsx", charset: "utf8", jsx: "transform", jsxFactory: "JSX_ELEMENT", jsxFragment: "JSX_FRAGMENT" });
  const places: Place[] = [{ element: false, opener: "", commas: 0, key: "" }];
  const found: string[] = [];
  let before = "";
  for (const [token] of code.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\$]|\$(?!\{)|\$\{(?:[^{}]|\{[^{}]*\})*\})*`|[\w$]+|=>|[^\s]/g)) {
    if (/^\/[*/]/.test(token)) continue;
    const place = places.at(-1) ?? { element: false, opener: "", commas: 0, key: "" };
    if ("([{".includes(token)) places.push({ element: token === "(" && before === "JSX_ELEMENT", opener: token, commas: 0, key: "" });
    else if (")]}".includes(token)) places.pop();
    else if (token === ",") [place.commas, place.key] = [place.commas + 1, ""];
    else if (token === ":" && place.opener === "{" && place.key === "") place.key = before;
    else if (/^["`]/.test(token) && /\p{L}/u.test(textOf(token)) && !isCompared(before) && isSpoken(place, places.at(-2))) found.push(token);
    before = token;
  }
  return found;
}

function isSpoken(place: Place, around: Place | undefined): boolean {
  if (place.element) return place.commas >= 2;
  return place.opener === "{" && around?.element === true && around.commas === 1 && SPOKEN.test(place.key);
}

/** The end of `===`: what is compared isn't shown. */
function isCompared(before: string): boolean {
  return before === "=";
}

/** What of it is text: a template's expressions are not. */
function textOf(token: string): string {
  return token.replace(/\\./g, " ").replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "");
}
