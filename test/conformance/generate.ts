import type { Api, Case, Field, Hop, Init, Reply, Site } from "./case.ts";
import { random, type Random } from "./random.ts";
import * as values from "./values.ts";

const SETS_HEADERS: readonly Api[] = ["fetch", "xhr", "worker", "sandbox"];

/**
 * Invents cases: a server that answers a request rightly, and then gets something wrong on none, one or several of its messages.
 * @param seed any text; the same seed and count give the same cases
 */
export function generate(seed: string, count: number): Case[] {
  return Array.from({ length: count }, (_, index) => invent(`${seed.replace(/[^\w-]/g, "_")}-${index}`, random(`${seed} ${index}`)));
}

function invent(id: string, dice: Random): Case {
  const api = dice.weighted(values.API_WEIGHTS);
  const init = SETS_HEADERS.includes(api) ? inventInit(api, dice) : { ...(dice.chance(0.4) && api !== "font" ? { credentials: "include" as const } : {}) };
  const sites = inventChain(dice);
  const faults = dice.weighted({ few: 72, one: 18, none: 10 });
  const faulty = dice.pick(sites.map((_, index) => index));
  const hops = sites.map((at, index): Hop => {
    const probability = faults === "few" ? 0.6 : faults === "one" && index === faulty ? 0.7 : 0;
    const origin = expectedOrigin(api, sites, index);
    const last = index === sites.length - 1;
    const hop: Hop = {
      at,
      preflight: { ...inventReply(dice, api, init, origin, probability, true), ...(dice.chance(probability / 20) ? { close: true } : {}) },
      response: { ...inventReply(dice, api, init, origin, probability, false), ...(last && dice.chance(probability / 20) ? { close: true } : {}) },
    };
    if (!last) Object.assign(hop.response, { status: dice.pick(values.REDIRECT_STATUSES), redirect: index + 1 });
    if (index > 0 && dice.chance(0.06)) hop.userinfo = true;
    return hop;
  });
  const repeats = (api === "fetch" || api === "xhr") && dice.chance(0.07) ? { times: dice.pick([2, 3, 4]), ...(dice.chance(0.4) ? { inTurn: true } : {}) } : {};
  return { id, api, init, hops, ...repeats, ...(dice.chance(0.7) ? { anyMethod: true } : {}) };
}

function inventInit(api: Api, dice: Random): Init {
  const method = dice.chance(0.5) ? dice.pick(values.METHODS) : undefined;
  const takesBody = method !== undefined && !/^(?:get|head)$/i.test(method);
  const credentials = dice.weighted({ "": 45, include: 45, omit: 7, "same-origin": 3 });
  return {
    ...(method === undefined ? {} : { method }),
    ...(dice.chance(0.45) ? { headers: dice.pick(values.REQUEST_HEADERS) } : {}),
    ...(credentials === "" || (api === "xhr" && credentials !== "include") ? {} : { credentials }),
    ...(takesBody && dice.chance(0.5) ? { body: '{"a":1}' } : {}),
    ...(api === "xhr" && dice.chance(0.15) ? { upload: true } : {}),
  };
}

function inventChain(dice: Random): Site[] {
  const length = Number(dice.weighted({ 1: 65, 2: 22, 3: 9, 4: 4 }));
  const first = dice.weighted<Site>({ B: 50, C: 30, A: length > 1 ? 20 : 4 });
  return [first, ...Array.from({ length: length - 1 }, () => dice.weighted<Site>({ A: 25, B: 40, C: 35 }))];
}

/** The `Origin` that the browser will send to a hop: `null` once a cross-origin hop leads to yet another origin. */
function expectedOrigin(api: Api, sites: readonly Site[], hop: number): string {
  const tainted = sites.slice(0, hop + 1).some((site, index) => index > 0 && sites[index - 1] !== "A" && sites[index - 1] !== site);
  return api === "sandbox" || tainted ? "null" : "{A}";
}

function inventReply(dice: Random, api: Api, init: Init, origin: string, fault: number, preflight: boolean): Reply {
  const wrong = () => dice.chance(fault / 2);
  const include = init.credentials === "include";
  const method = init.method ?? "GET";
  const names = (init.headers ?? []).map(([name]) => name);
  const fill = (value: string) =>
    value.replaceAll("{M}", method).replaceAll("{m}", method.toLowerCase()).replaceAll("{H}", names.join(", ") || "X-Foo")
      .replaceAll("{h}", names.join(", ").toLowerCase() || "x-foo").replaceAll("{H1}", names[0] ?? "X-Foo");
  const field = (name: string, right: string, malformed: readonly string[]): Field[] => {
    if (!wrong()) return [[name, right]];
    switch (dice.weighted({ malformed: 60, missing: 20, twice: 20 })) {
      case "missing":
        return [];
      case "malformed":
        return [[name, fill(dice.pick(malformed))]];
      case "twice":
        return [[name, right], [dice.chance(0.8) ? name : name.toLowerCase(), dice.chance(0.5) ? right : fill(dice.pick(malformed))]];
    }
  };
  const lists = preflight && (names.length > 0 || method !== "GET" || dice.chance(0.3));
  const headers: Field[] = [
    ...field("Access-Control-Allow-Origin", !include && dice.chance(0.4) ? "*" : origin, values.ALLOW_ORIGINS),
    ...(include || dice.chance(0.1) ? field("Access-Control-Allow-Credentials", "true", values.ALLOW_CREDENTIALS) : []),
    ...(lists ? field("Access-Control-Allow-Methods", method, values.ALLOW_METHODS) : []),
    ...(lists && (names.length > 0 || init.body !== undefined || dice.chance(0.2)) ? field("Access-Control-Allow-Headers", [...names, "Content-Type"].join(", "), values.ALLOW_HEADERS) : []),
    ...(preflight && dice.chance(0.25) ? field("Access-Control-Max-Age", "600", values.MAX_AGES) : []),
    ...(!preflight && dice.chance(0.05) ? field("Access-Control-Expose-Headers", "X-A", values.EXPOSE_HEADERS) : []),
    ...(dice.chance(0.15) ? [["Vary", "Origin"] satisfies Field] : []),
    ...(!preflight && dice.chance(0.85) ? [["Content-Type", values.CONTENT_TYPES[api] ?? "application/json"] satisfies Field] : []),
  ];
  const spelled = dice.chance(0.06) ? headers.map(([name, value]): Field => [name.toLowerCase(), value]) : headers;
  const status = !wrong() ? dice.pick(values.OK_STATUSES) : dice.pick(preflight ? [...values.BAD_STATUSES, ...values.REDIRECT_STATUSES] : values.BAD_STATUSES);
  const redirected = preflight && values.REDIRECT_STATUSES.includes(status) && dice.chance(0.6);
  return { status, headers: redirected ? [...spelled, ["Location", "/elsewhere"]] : spelled };
}
