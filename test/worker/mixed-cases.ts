import type { Case, Field, Hop, Init, Reply, Site } from "../conformance/case.ts";

const ORIGIN: Field = ["Access-Control-Allow-Origin", "{A}"];
/** Allowed in both credentials modes, so that Firefox's events leave nothing open. */
const CREDENTIALS: Field = ["Access-Control-Allow-Credentials", "true"];
const ok = (...headers: Field[]): Reply => ({ status: 200, headers });
const at = (site: Site, response: Reply, preflight: Reply = response): Hop => ({ at: site, preflight, response });
const to = (hop: number, reply: Reply): Reply => ({ ...reply, status: 302, redirect: hop });
const PUT: Init = { method: "PUT" };
const METHODS: Field = ["Access-Control-Allow-Methods", "PUT"];
const CUSTOM: Init = { headers: [["X-Custom", "1"]] };

const ALLOWED: readonly (readonly [name: string, init: Init, hops: Hop[]])[] = [
  ["simple", {}, [at("B", ok(ORIGIN, CREDENTIALS))]],
  ["preflighted", PUT, [at("C", ok(ORIGIN, CREDENTIALS, METHODS))]],
  ["redirected", {}, [at("B", to(1, ok(ORIGIN, CREDENTIALS))), at("B", ok(ORIGIN, CREDENTIALS))]],
  ["with-a-header", CUSTOM, [at("B", ok(ORIGIN, CREDENTIALS, ["Access-Control-Allow-Headers", "x-custom"]))]],
];

const BLOCKED: typeof ALLOWED = [
  ["no-allow-origin", {}, [at("B", ok())]],
  ["another-origin", {}, [at("C", ok(["Access-Control-Allow-Origin", "https://other.example"]))]],
  ["origin-with-slash", {}, [at("B", ok(["Access-Control-Allow-Origin", "{A}/"]))]],
  ["wildcard-with-credentials", { credentials: "include" }, [at("B", ok(["Access-Control-Allow-Origin", "*"]))]],
  ["preflight-not-found", PUT, [at("B", ok(ORIGIN), { status: 404, headers: [ORIGIN, METHODS] })]],
  ["preflight-no-origin", PUT, [at("C", ok(ORIGIN), ok(METHODS))]],
  ["preflight-no-method", PUT, [at("B", ok(ORIGIN), ok(ORIGIN, ["Access-Control-Allow-Methods", "GET"]))]],
  ["preflight-no-header", CUSTOM, [at("B", ok(ORIGIN), ok(ORIGIN))]],
  ["redirect-no-origin", {}, [at("B", to(1, ok())), at("B", ok(ORIGIN))]],
  ["redirect-to-no-origin", {}, [at("B", to(1, ok(ORIGIN))), at("B", ok())]],
];

/** Fetches of which every other one is blocked: by each check, on each message, in turn. */
export function mixedCases(count: number): Case[] {
  return Array.from({ length: count }, (_, index) => {
    const kinds = index % 2 === 0 ? ALLOWED : BLOCKED;
    const [name, init, hops] = kinds[Math.floor(index / 2) % kinds.length] ?? ["none", {}, []];
    return { id: `${index}-${name}`, api: "fetch", init, hops };
  });
}
