import type { Policy } from "../../src/servers/recipe.ts";
import type { Expectation } from "./expectation.ts";
import { rawResponse, type RawResponse } from "./raw-response.ts";

/** Origins that are not the one, however much they look like it. */
function lookalikes(own: string, foreign: string): string[] {
  return [foreign, `${own}.evil.example`, own.replace("127.0.0.1", "127x0.0.1"), `http://evil.example/${own}`, "null"];
}

/**
 * What the field lines of the responses have to say, read without a browser: one value each, and nothing for anybody else.
 * @param foreign an origin that is not allowed
 */
export async function fieldExpectations(policy: Policy, foreign: string): Promise<Expectation[]> {
  const url = policy.server + policy.path;
  const open = policy.origin === "*";
  // Where anybody may ask, nobody does with cookies: an older Starlette answers them by naming the origin, without credentials, which is of no use to anybody.
  const asked = (origin: string): Readonly<Record<string, string>> => (open ? { Origin: origin } : { Origin: origin, Cookie: "session=1" });
  const ask = (origin: string | null, method = "GET", path = url) => rawResponse(path, { method, headers: origin === null ? {} : asked(origin) });
  const preflight = (origin: string) => rawResponse(url, { method: "OPTIONS", headers: { Origin: origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type,x-request-id" } });
  const own = open ? foreign : policy.origin;

  const answers: readonly (readonly [string, RawResponse])[] = [
    ["GET", await ask(own)],
    ...(policy.methods.includes("PUT") ? ([["PUT", await ask(own, "PUT")], ["the preflight", await preflight(own)]] as const) : []),
  ];
  const missing = await ask(own, "GET", `${url}/missing`);
  const others = open ? [] : await Promise.all(lookalikes(own, foreign).map(async (origin) => [origin, await ask(origin), await preflight(origin)] as const));
  const anonymous = await ask(null);
  const values = new Set([...others.map(([, answer]) => answer), ...answers.map(([, answer]) => answer), anonymous].map((answer) => answer.lines("Access-Control-Allow-Origin").join()));

  return [
    ...answers.flatMap(([what, answer]) => ofOne(what, answer, policy)),
    ...ofOne("the 404", missing, policy).map((one) => ({ ...one, optional: true as const })),
    ...answers.filter(([what]) => what === "the preflight").map(([what, { status }]) => ({ what: `${what} is answered with 2xx, not ${status}`, holds: status >= 200 && status < 300 })),
    ...others.flatMap(([origin, ...both]) => both.map((answer) => ({ what: `${origin} is not allowed`, holds: !answer.lines("Access-Control-Allow-Origin").some((value) => value === "*" || value === origin) }))),
    ...(open || values.size === 1 ? [] : answers.filter(([what]) => what !== "the preflight").map(([what, answer]) => ({ what: `${what} has Vary: Origin`, holds: variesByOrigin(answer) }))),
    { what: "an answer without Origin is the same or has Vary: Origin", holds: values.size === 1 || variesByOrigin(anonymous), optional: true },
  ];
}

function ofOne(what: string, answer: RawResponse, policy: Policy): Expectation[] {
  const origins = answer.lines("Access-Control-Allow-Origin");
  const credentials = answer.lines("Access-Control-Allow-Credentials");
  return [
    { what: `${what} has one Access-Control-Allow-Origin: ${policy.origin}, not [${origins.join(" | ")}]`, holds: origins.length === 1 && origins[0] === policy.origin },
    { what: `${what} has ${policy.credentials ? "one" : "no"} Access-Control-Allow-Credentials, not [${credentials.join(" | ")}]`, holds: policy.credentials ? credentials.length === 1 && credentials[0] === "true" : credentials.length === 0 },
  ];
}

function variesByOrigin(answer: RawResponse): boolean {
  return answer.lines("Vary").some((line) => line.split(",").some((name) => /^(origin|\*)$/i.test(name.trim())));
}
