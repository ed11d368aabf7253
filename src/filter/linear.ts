/**
 * Regular expressions in a time that grows with the text and the expression, and no faster, whatever these are: all
 * ways to match are followed at once instead of one after the other (https://swtch.com/~rsc/regexp/regexp1.html).
 */

/** A place in the expression: what has to be there, and where it goes on from there. */
interface State {
  /** Null: nothing, it goes on at once. */
  readonly character: ((code: number) => boolean) | null;
  readonly assertion: Assertion | null;
  next: readonly number[];
}

type Assertion = (text: string, at: number) => boolean;

/** Builds a part of an expression in front of what follows it, and says where it begins. */
type Part = (next: number) => number;

/** More states than these an expression gets only by large counts. */
const MOST_STATES = 2000;

/** What JavaScript's expressions have in one piece: escapes, classes, the heads of groups, counts, single characters. */
const TOKENS = /\\(?:x[\da-f]{2}|u[\da-f]{4}|c[a-z]|0[0-7]{0,2}|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<(?![=!])[^>]*>|[^])|\{\d+(?:,\d*)?\}|[^]/gi;
const GROUP = /^\((?:\?:|\?<[^>]+>)?$/;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})$/;

/**
 * Makes a test of a regular expression that doesn't heed letter case.
 * @param source one that `RegExp` takes
 * @returns null where it looks around or back, or counts too far
 */
export function linearTest(source: string): ((text: string) => boolean) | null {
  const parse = new Parser(source.match(TOKENS) ?? []);
  const part = parse.choice();
  if (part === null) return null;
  const states: State[] = parse.states;
  const end = 0;
  const start = part(end);
  return parse.tooMany ? null : (text) => finds(states, start, end, text);
}

class Parser {
  /** The first is the end, where it has matched. */
  readonly states: State[] = [{ character: null, assertion: null, next: [] }];
  tooMany = false;
  readonly #characters = new Map<string, (code: number) => boolean>();
  #at = 0;

  constructor(readonly tokens: readonly string[]) {}

  /** Sequences with `|` between them, as far as a `)` or the end. */
  choice(): Part | null {
    const parts: Part[] = [];
    do {
      const part = this.#sequence();
      if (part === null) return null;
      parts.push(part);
    } while (this.#take("|"));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : (next) => this.#state(null, null, parts.map((part) => part(next)));
  }

  #sequence(): Part | null {
    const parts: Part[] = [];
    for (let token = this.tokens[this.#at]; token !== undefined && token !== "|" && token !== ")"; token = this.tokens[this.#at]) {
      this.#at += 1;
      const part = this.#term(token);
      if (part === null) return null;
      parts.push(this.#repeated(part));
    }
    return (next) => parts.reduceRight((following, part) => part(following), next);
  }

  #term(token: string): Part | null {
    if (token.startsWith("(")) {
      const part = GROUP.test(token) ? this.choice() : null;
      this.#take(")");
      return part;
    }
    if (/^\\[1-9k]/.test(token)) return null;
    const assertion = ASSERTIONS.get(token);
    if (assertion !== undefined) return (next) => this.#state(null, assertion, [next]);
    const character = this.#characters.get(token) ?? characterTest(token);
    this.#characters.set(token, character);
    return (next) => this.#state(character, null, [next]);
  }

  #repeated(part: Part): Part {
    const quantifier = this.tokens[this.#at];
    if (quantifier === undefined || !QUANTIFIER.test(quantifier)) return part;
    this.#at += 1;
    // How much a repetition prefers to take makes no difference to whether there is a match.
    this.#take("?");
    const [least, most] = boundsOf(quantifier);
    return (next) => {
      let at = next;
      if (most === Infinity) {
        at = this.#state(null, null, []);
        const loop = this.states[at];
        if (loop !== undefined) loop.next = [part(at), next];
      } else for (let count = least; count < most && !this.tooMany; count += 1) at = this.#state(null, null, [part(at), next]);
      for (let count = 0; count < least && !this.tooMany; count += 1) {
        const before = part(at);
        // What is empty stays so however often.
        if (before === at) break;
        at = before;
      }
      return at;
    };
  }

  #state(character: State["character"], assertion: Assertion | null, next: readonly number[]): number {
    this.tooMany ||= this.states.length >= MOST_STATES;
    return this.tooMany ? 0 : this.states.push({ character, assertion, next }) - 1;
  }

  #take(token: string): boolean {
    const taken = this.tokens[this.#at] === token;
    if (taken) this.#at += 1;
    return taken;
  }
}

function boundsOf(quantifier: string): readonly [number, number] {
  if (quantifier === "*") return [0, Infinity];
  if (quantifier === "+") return [1, Infinity];
  if (quantifier === "?") return [0, 1];
  const [least = "", most = least] = quantifier.slice(1, -1).split(",");
  return [Number(least), most === "" ? Infinity : Number(most)];
}

/** What one character may be, JavaScript itself decides; it is asked once for each that ASCII has. */
function characterTest(token: string): (code: number) => boolean {
  const expression = new RegExp(`^${token}$`, "i");
  const ascii = Array.from({ length: 128 }, (_, code) => expression.test(String.fromCharCode(code)));
  return (code) => ascii[code] ?? expression.test(String.fromCharCode(code));
}

const isWord = (text: string, at: number): boolean => /^\w$/.test(text.charAt(at));
const isBoundary: Assertion = (text, at) => isWord(text, at - 1) !== isWord(text, at);
const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["^", (_text, at) => at === 0],
  ["$", (text, at) => at === text.length],
  ["\\b", isBoundary],
  ["\\B", (text, at) => !isBoundary(text, at)],
]);

/** There is a match anywhere in the text. */
function finds(states: readonly State[], start: number, end: number, text: string): boolean {
  /** At which place, counted from 1, a state was last reached. */
  const reached = new Uint32Array(states.length);
  let now: State[] = [];
  const reach = (first: number, at: number, into: State[]): void => {
    const open = [first];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const state = states[index];
      if (state === undefined || reached[index] === at + 1) continue;
      reached[index] = at + 1;
      if (state.character !== null) into.push(state);
      else if (state.assertion === null || state.assertion(text, at)) open.push(...state.next);
    }
  };
  for (let at = 0; ; at += 1) {
    reach(start, at, now);
    if (reached[end] === at + 1) return true;
    if (at === text.length) return false;
    const code = text.charCodeAt(at);
    const later: State[] = [];
    for (const state of now) if (state.character?.(code) === true) reach(state.next[0] ?? end, at + 1, later);
    now = later;
  }
}
