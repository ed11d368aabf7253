import { statusIn, STATUS, withLines } from "../../src/advised.ts";
import type { Answer, Line, PageChange, Remedy } from "../../src/model.ts";
import { hopOfUrl, type Case, type Hop, type Reply } from "./case.ts";
import { answersTo } from "./server.ts";
import { CONTENT_TYPES } from "./values.ts";

/** Who can do something about a blocked case, by what was advised. */
export type Side = "server" | "page" | "nobody";

/** @returns which side of a remedy holds for a case; whoever asked knows whether it was with credentials */
export function sideOf(remedy: Remedy | null, each: Case): Side {
  if (remedy === null) return "nobody";
  const server = remedy.answers.length > 0 && !(remedy.withoutCredentials && isWithCredentials(each));
  return server ? "server" : remedy.page.length > 0 ? "page" : "nobody";
}

/** The lines of an answer that are advised for a case. */
export function linesFor(each: Case, { lines }: Answer): Line[] {
  return lines.filter(({ need }) => need !== "credentials" || isWithCredentials(each));
}

/**
 * A case, answered as advised.
 * @param unseen what becomes of a message that was never reached: answered with the advised lines alone, or as the case has it, with the lines
 * @param suffix what makes its id, and so its URLs, new
 */
export function cured(each: Case, answers: readonly Answer[], unseen: "as-advised" | "as-it-is", suffix: string): Case {
  const places = visited(each);
  const hops = each.hops.map((hop, index): Hop => {
    const preflight = answers.find((answer) => answer.phase === "preflight" && places[answer.hop] === index);
    const main = answers.find((answer) => answer.phase !== "preflight" && places[answer.hop] === index);
    return { ...hop, preflight: replied(each, hop, "preflight", preflight, unseen), response: replied(each, hop, "response", main, unseen) };
  });
  // A `Location` without user info is that of the hop that it leads to.
  for (const { hop, lines } of answers) {
    const target = hops[each.hops[places[hop] ?? 0]?.response.redirect ?? -1];
    if (target !== undefined && lines.some(({ name }) => name === "Location")) delete target.userinfo;
  }
  return { ...each, id: `${each.id}~${suffix}`, hops, anyMethod: true };
}

/**
 * A case, asked for as the page was advised to.
 * @returns null where a page that runs such cases can't do that
 */
export function askedAnew(each: Case, { code, params: [param = ""] }: PageChange, suffix: string): Case | null {
  const id = `${each.id}~${suffix}`;
  switch (code) {
    case "omit-credentials":
      return { ...each, id, init: { ...each.init, credentials: "omit" } };
    case "give-origin":
      return each.api === "sandbox" ? { ...each, id, api: "fetch" } : null;
    case "upper-case-method":
      return { ...each, id, init: { ...each.init, method: param } };
    case "leave-out-header":
      return { ...each, id, init: { ...each.init, headers: (each.init.headers ?? []).filter(([name]) => name.toLowerCase() !== param.toLowerCase()) } };
    case "ask-directly": {
      const place = hopOfUrl(param);
      if (place === null || place.id !== each.id || !(place.hop in each.hops)) return null;
      return { ...each, id, hops: startingAt(each.hops, place.hop) };
    }
    default:
      return null;
  }
}

function isWithCredentials({ init }: Case): boolean {
  return init.credentials === "include";
}

/** The hops that an exchange goes through, in order: the place of each in the case. */
function visited({ hops }: Case): number[] {
  const places = [0];
  for (let next = hops[0]?.response.redirect; next !== undefined && !places.includes(next); next = hops[next]?.response.redirect) places.push(next);
  return places;
}

function replied(each: Case, hop: Hop, part: "preflight" | "response", answer: Answer | undefined, unseen: "as-advised" | "as-it-is"): Reply {
  const before = part === "preflight" ? hop.preflight : answersTo(each, hop);
  if (answer === undefined) return before;
  const lines = linesFor(each, answer);
  if (answer.unseen && unseen === "as-advised") {
    // What the browser makes of the body isn't a matter of CORS.
    return { status: 200, headers: [["Content-Type", CONTENT_TYPES[each.api] ?? "text/plain"], ...fieldsOf([], lines)] };
  }
  const { redirect, ...rest } = before;
  const status = statusIn(lines);
  return { ...rest, status: status ?? before.status, headers: fieldsOf(before.headers, lines), ...(redirect === undefined || status !== null ? {} : { redirect }) };
}

function fieldsOf(headers: Reply["headers"], lines: readonly Line[]): Reply["headers"] {
  const fields = lines.filter(({ name }) => name !== STATUS && name !== "Location");
  return withLines(headers.map(([name, value]) => ({ name, value })), fields).map(({ name, value }) => [name, value]);
}

/** The rest of a chain, its places counted anew. */
function startingAt(hops: readonly Hop[], first: number): Hop[] {
  return hops.slice(first).map(({ userinfo, ...hop }, index) => {
    const { redirect, ...response } = hop.response;
    const goesOn = redirect !== undefined && redirect >= first;
    return { ...hop, response: { ...response, ...(goesOn ? { redirect: redirect - first } : {}) }, ...(userinfo && index > 0 ? { userinfo } : {}) };
  });
}
