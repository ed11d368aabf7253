/** One conformance case: the format of the recorded cases (`{ id, api, init, hops }`), read from JSON lines and checked. */

export const SITES = ["A", "B", "C"] as const;
export const APIS = ["fetch", "xhr", "img", "script", "module", "style", "video", "font", "eventsource", "worker", "sandbox"] as const;

export type Site = (typeof SITES)[number];
export type Api = (typeof APIS)[number];
export type Field = [name: string, value: string];

/** `redirect` adds a `Location` to that hop; `close` drops the socket instead of answering. */
export type Reply = { status: number; headers: Field[]; redirect?: number; close?: boolean };
/** `userinfo` puts `u:p@` into a `Location` that leads here. */
export type Hop = { at: Site; preflight: Reply; response: Reply; userinfo?: boolean };
export type Init = { method?: string; headers?: Field[]; credentials?: "omit" | "same-origin" | "include"; body?: string; upload?: boolean };

/**
 * `times` equal requests, all at once, or `inTurn` one after the other.
 * `primed`: an image in mode `no-cors` has asked for it before, and the server sends CORS headers only to those who send `Origin`.
 * `anyMethod`: the server answers methods that it doesn't know as the hop says, not with 400.
 */
export type Case = { id: string; api: Api; init: Init; hops: Hop[]; times?: number; inTurn?: boolean; primed?: boolean; anyMethod?: boolean };

/**
 * Reads cases, one JSON object a line; empty lines are skipped.
 * @param text the file
 * @throws with the number of the first line that is no case, and what is wrong with it
 */
export function readCases(text: string): Case[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      const value: unknown = JSON.parse(line);
      assertCase(value);
      return [value];
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

/** @returns the path of a hop's URL; the same on all origins */
export const hopPath = (id: string, hop: number): string => `/r/${id}/${hop}`;

/** @returns which case and hop a URL belongs to, or null if it is none of ours */
export function hopOfUrl(url: string): { id: string; hop: number } | null {
  const match = /\/r\/([^/?#]+)\/(\d+)$/.exec(url);
  return match?.[1] && match[2] ? { id: match[1], hop: Number(match[2]) } : null;
}

/**
 * Whether a case ever leaves the page's own origin, as far as a hop or to its end. One that doesn't isn't CORS, whatever becomes of it.
 * @param until the index of the hop where it stopped
 */
export function leavesOrigin({ api, hops }: Case, until = hops.length): boolean {
  if (api === "sandbox") return true;
  const visited = new Set<number>();
  for (let index: number | undefined = 0, last = false; index !== undefined && !visited.has(index); ) {
    const hop: Hop | undefined = hops[index];
    if (hop === undefined) return false;
    if (hop.at !== "A") return true;
    if (last) return false;
    visited.add(index);
    // A redirect that is refused counts: its target is what it was refused for.
    last = index === until;
    index = hop.response.close ? undefined : hop.response.redirect;
  }
  return false;
}

function assertCase(value: unknown): asserts value is Case {
  check(isObject(value), "not an object");
  const { id, api, init, hops, times, inTurn, primed, anyMethod } = value;
  check(typeof id === "string" && /^[\w.~-]+$/.test(id), "id must be a string of letters, digits and -._~");
  check(APIS.some((known) => known === api), `api must be one of ${APIS.join(", ")}`);
  check(isObject(init), "init must be an object");
  check(Array.isArray(hops) && hops.length > 0, "hops must be a list of at least one");
  check(times === undefined || (Number.isInteger(times) && Number(times) >= 1), "times must be a whole number from 1");
  check(inTurn === undefined || typeof inTurn === "boolean", "inTurn must be true or false");
  check(primed === undefined || typeof primed === "boolean", "primed must be true or false");
  check(anyMethod === undefined || typeof anyMethod === "boolean", "anyMethod must be true or false");
  check(init["method"] === undefined || typeof init["method"] === "string", "init.method must be a string");
  check(init["body"] === undefined || typeof init["body"] === "string", "init.body must be a string");
  check(init["upload"] === undefined || typeof init["upload"] === "boolean", "init.upload must be true or false");
  check([undefined, "omit", "same-origin", "include"].includes(init["credentials"] as undefined), "init.credentials is none of the three modes");
  if (init["headers"] !== undefined) assertFields(init["headers"], "init.headers");
  hops.forEach((hop, index) => assertHop(hop, `hops[${index}]`, hops.length));
}

function assertHop(hop: unknown, where: string, hops: number): void {
  check(isObject(hop), `${where} must be an object`);
  check(SITES.some((site) => site === hop["at"]), `${where}.at must be A, B or C`);
  check(hop["userinfo"] === undefined || typeof hop["userinfo"] === "boolean", `${where}.userinfo must be true or false`);
  for (const message of ["preflight", "response"]) {
    const reply = hop[message];
    const place = `${where}.${message}`;
    check(isObject(reply), `${place} must be an object`);
    const { status, redirect, close } = reply;
    check(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599, `${place}.status must be from 200 to 599`);
    check(close === undefined || typeof close === "boolean", `${place}.close must be true or false`);
    const leads = redirect === undefined || (Number.isInteger(redirect) && Number(redirect) >= 0 && Number(redirect) < hops);
    check(leads, `${place}.redirect must be the index of a hop`);
    assertFields(reply["headers"], `${place}.headers`);
  }
}

function assertFields(fields: unknown, where: string): asserts fields is Field[] {
  check(Array.isArray(fields), `${where} must be a list of pairs`);
  for (const field of fields) {
    const [name, value]: unknown[] = Array.isArray(field) && field.length === 2 ? field : [];
    check(typeof name === "string" && typeof value === "string", `${where} must be a list of pairs of strings`);
    check(/^[!#$%&'*+\-.^_`|~\w]+$/.test(name), `${where}: ${JSON.stringify(name)} can't be a header name`);
    check(/^[\t\x20-\x7e\x80-\xff]*$/.test(value), `${where}: ${JSON.stringify(value)} can't be a header value`);
  }
}

function check(holds: boolean, complaint: string): asserts holds {
  if (!holds) throw new Error(complaint);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
