import { redirectLocation } from "./fetch/redirect.ts";
import type { Answer, Exchange, Header, Hop, Line, Message, ResponseHead } from "./model.ts";

/** What stands for a status code among the lines of a response, as in HTTP/2. */
export const STATUS = ":status";

/**
 * The exchange as it would have been with other answers: each message with its lines. What was never answered gets a
 * response of those lines alone, with the status 200. After a redirect that isn't one any more there is nothing.
 */
export function advised(exchange: Exchange, answers: readonly Answer[]): Exchange {
  const [first, ...others] = exchange.hops;
  const hops: [Hop, ...Hop[]] = [withAnswers(first, answers, 0)];
  for (const [index, hop] of others.entries()) {
    const { response, redirectUrl } = hops[index]?.request ?? first.request;
    if (redirectUrl === null && response !== null) break;
    hops.push(withAnswers(hop, answers, index + 1));
  }
  return { ...exchange, hops };
}

/** A response's header list with lines set, each in place of all fields of its name. */
export function withLines(headers: readonly Header[], lines: readonly Pick<Line, "name" | "value">[]): Header[] {
  const fields = lines.filter(({ name }) => name !== STATUS);
  const replaced = new Set(fields.map(({ name }) => name.toLowerCase()));
  const set = fields.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  return [...headers.filter(({ name }) => !replaced.has(name.toLowerCase())), ...set];
}

/** The status among lines, or null. */
export function statusIn(lines: readonly Pick<Line, "name" | "value">[]): number | null {
  const value = lines.find(({ name }) => name === STATUS)?.value ?? null;
  return value === null ? null : Number(value);
}

function withAnswers({ preflight, request }: Hop, answers: readonly Answer[], at: number): Hop {
  const linesOf = (isPreflight: boolean): readonly Line[] | null => answers.find(({ hop, phase }) => hop === at && (phase === "preflight") === isPreflight)?.lines ?? null;
  return { preflight: preflight === null ? null : withAnswer(preflight, linesOf(true)), request: withAnswer(request, linesOf(false)) };
}

function withAnswer(message: Message, lines: readonly Line[] | null): Message {
  if (lines === null) return message;
  const before: ResponseHead = message.response ?? { status: 200, statusText: "", headers: [], linesKnown: false, time: message.startedTime };
  const response = { ...before, status: statusIn(lines) ?? before.status, headers: withLines(before.headers, lines) };
  const redirects = redirectLocation(response.status, response.headers) !== null;
  return { ...message, response, redirectUrl: redirects ? message.redirectUrl : null };
}
