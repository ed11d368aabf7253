import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { judge } from "../../src/judge.ts";
import type { Engine, Exchange, Header, Message, Verdict } from "../../src/model.ts";
import { toHar } from "../../src/report/har.ts";
import { redactedExchange, redactedUrl, type Removal } from "../../src/report/redact.ts";
import { isCrossOrigin } from "../../src/request.ts";
import { readRecording } from "../lab/recording.ts";
import { SECRET_KINDS } from "./planted.ts";
import { RECORDED } from "./tapes.ts";

/** Exchanges of both engines, blocked and allowed, with redirects and preflights. */
const EXCHANGES: readonly { readonly engine: Engine; readonly exchange: Exchange }[] = [
  ...RECORDED.flatMap(({ engine, events }) => events.reduce(step, emptyLog(engine)).exchanges.map((exchange) => ({ engine, exchange }))),
  ...(["chromium", "firefox", "chromium-special"] as const).flatMap((name) => {
    const { engine, exchanges } = readRecording(name);
    return exchanges.map(({ exchange }) => ({ engine, exchange }));
  }),
].filter(({ exchange }) => isCrossOrigin(exchange));

const plant = fc.constantFrom(...SECRET_KINDS).chain((kind) =>
  fc.record({ secret: kind.secret, place: fc.constantFrom(...kind.places) }).map(({ secret, place: [place, put] }) => ({ name: `${kind.name}, ${place}`, secret, traces: kind.traces?.(secret) ?? [secret], put })),
);

const planted = fc.record({ of: fc.constantFrom(...EXCHANGES), plants: fc.array(plant, { minLength: 1, maxLength: 3 }) }).map(({ of: { engine, exchange }, plants }) => ({
  engine,
  plants: plants.map(({ name, traces }) => ({ name, traces })),
  exchange: plants.reduce((with_, { put, secret }) => put(with_, secret), exchange),
  // What was never sent or never answered has no place for some, and one may take the place of another.
})).filter(({ exchange, plants }) => {
  const whole = decodeURIComponent(JSON.stringify(exchange).replace(/%(?![0-9a-f]{2})/gi, "%25"));
  return plants.every(({ traces }) => traces.every((trace) => whole.includes(trace) || whole.includes(encodeURIComponent(trace))));
});

const RUNS = { numRuns: Number(process.env["SECRETS"] ?? 500) };

function told({ outcome, code, browserError, phase, hop, failing, credentials }: Verdict): object {
  return { outcome, code, browserError, phase, hop, credentials, failing: failing.map((failure) => failure.code) };
}

function messages({ hops }: Exchange): Message[] {
  return hops.flatMap(({ preflight, request }) => [...(preflight === null ? [] : [preflight]), request]);
}

const WANTED = /^(origin|access-control-.*|vary|cache-control|age|expires|pragma|etag|date|last-modified|sec-fetch-.*|allow|retry-after)$/i;

/** All headers of an exchange, with where they stand. */
function headers(exchange: Exchange): (Header & { readonly kind: Removal["kind"] })[] {
  return messages(exchange).flatMap(({ requestHeaders, response }) => [
    ...(requestHeaders ?? []).map((header) => ({ ...header, kind: "request-header" as const })),
    ...(response?.headers ?? []).map((header) => ({ ...header, kind: "response-header" as const })),
  ]);
}

test("there are secrets enough", () => {
  expect(SECRET_KINDS.length).toBeGreaterThanOrEqual(25);
  expect(EXCHANGES.length).toBeGreaterThan(100);
});

describe("500 exchanges with secrets", () => {
  test("none is in a report, however it is written", () => {
    fc.assert(
      fc.property(planted, ({ engine, exchange, plants }) => {
        const har = toHar([exchange], engine, { words: (key, params = []) => [key, ...params].join(" "), version: "1.0", sensitive: false });
        expect(har.log.entries.length).toBe(messages(exchange).length);
        const report = JSON.stringify(har);
        const found = plants.flatMap(({ name, traces }) => traces.flatMap((trace) => [trace, encodeURIComponent(trace)]).filter((trace) => report.includes(trace)).map((trace) => `${name}: ${trace}`));
        expect(found).toEqual([]);
      }),
      RUNS,
    );
  });

  test("the verdict stays, and so does what CORS looks at", () => {
    fc.assert(
      fc.property(planted, ({ engine, exchange, plants }) => {
        const redacted = redactedExchange(exchange);
        expect(told(judge(redacted, engine))).toEqual(told(judge(exchange, engine)));
        const isPlanted = ({ value }: Header): boolean => plants.some(({ traces }) => traces.some((trace) => value.includes(trace)));
        const kept = headers(redacted);
        for (const [index, header] of headers(exchange).entries()) {
          expect(kept[index]?.name).toBe(header.name);
          if (WANTED.test(header.name) && !isPlanted(header)) expect(kept[index]?.value).toBe(header.value);
        }
        expect(messages(redacted).map(({ method, response }) => [method, response?.status])).toEqual(messages(exchange).map(({ method, response }) => [method, response?.status]));
      }),
      RUNS,
    );
  });

  test("each removal is noted", () => {
    fc.assert(
      fc.property(planted, ({ exchange }) => {
        const notes: string[] = [];
        const redacted = redactedExchange(exchange, (kind, name) => notes.push(`${kind} ${name}`));
        const kept = headers(redacted);
        const changed = [
          ...headers(exchange).flatMap(({ kind, name, value }, index) => (kept[index]?.value === value ? [] : [`${kind} ${name}`])),
          ...messages(exchange).flatMap(({ response }, index) => (response?.statusText === messages(redacted)[index]?.response?.statusText ? [] : ["status-text statusText"])),
        ];
        expect(notes.filter((note) => !/^(url|call-site) /.test(note)).sort()).toEqual(changed.sort());
        const urls = (of: Exchange): string => JSON.stringify([of.origin, of.call?.url, ...messages(of).map(({ url, redirectUrl }) => [url, redirectUrl])]);
        expect(notes.some((note) => note.startsWith("url "))).toBe(urls(redacted) !== urls(exchange));
        const sites = (of: Exchange): string => JSON.stringify([of.callSite, of.call?.callSite]);
        expect(notes.some((note) => note.startsWith("call-site "))).toBe(sites(redacted) !== sites(exchange));
      }),
      RUNS,
    );
  });
});

describe("origins with user info, which a client that is no browser may send, are equal afterwards if they were before", () => {
  const [ONE, TWO, THREE, NONE] = ["https://u:one@app.example", "https://u:two@app.example", "https://u:three@app.example", "https://app.example"];
  const answered = EXCHANGES.find(({ exchange }) => exchange.hops[0].request.response !== null)!.exchange;
  /** One message of an exchange, and what it is allowed afterwards, and what else its answer says. */
  const message = (sent: string | null, ...answer: readonly (readonly [string, string])[]): Message => ({
    ...answered.hops[0].request,
    requestHeaders: sent === null ? [] : [{ name: "Origin", value: sent }],
    response: { ...answered.hops[0].request.response!, headers: answer.map(([name, value]) => ({ name, value })) },
  });
  const allowing = (sent: string | null, allowed: string): Message => message(sent, ["Access-Control-Allow-Origin", allowed]);
  const values = (redacted: Message | null | undefined): string[] => redacted?.response?.headers.map(({ value }) => value) ?? [];
  const request = (origin: string | null, only: Message): string[] => values(redactedExchange({ ...answered, origin, hops: [{ preflight: null, request: only }] }).hops[0].request);

  test.each([
    [ONE, ONE, "https://redacted@app.example"],
    [ONE, TWO, "https://redacted-2@app.example"],
    [NONE, TWO, "https://redacted@app.example"],
    [ONE, NONE, NONE],
    [ONE, `${TWO}, ${THREE}`, "https://redacted@app.example, https://redacted@app.example"],
    // What is normalized before it is compared.
    [ONE, `${TWO} `, "https://redacted-2@app.example "],
    [ONE, ` ${ONE}`, "https://redacted@app.example"],
    // What a URL parser drops, and the CORS check doesn't.
    [NONE, "https://app\t.example", "https://app\t.example"],
  ])("%j, Access-Control-Allow-Origin: %j", (origin, allowed, wanted) => {
    expect(request(origin, allowing(null, allowed))).toEqual([wanted]);
    expect(request(null, allowing(origin, allowed))).toEqual([wanted]);
  });

  test("what was sent counts, not who sent it", () => {
    expect(request(ONE, allowing(TWO, TWO))).toEqual(["https://redacted@app.example"]);
    expect(request(ONE, allowing(TWO, ONE))).toEqual(["https://redacted-2@app.example"]);
  });

  test("in a preflight, in a request that shows no origin beside it, and after a redirect", () => {
    const hops = [{ preflight: allowing(ONE, TWO), request: allowing(null, TWO) }, { preflight: allowing(TWO, TWO), request: allowing(THREE, TWO) }] as const;
    const [first, second] = redactedExchange({ ...answered, origin: null, hops }).hops;
    expect([first.preflight, first.request, second?.preflight, second?.request].flatMap(values)).toEqual(
      ["https://redacted-2@app.example", "https://redacted-2@app.example", "https://redacted@app.example", "https://redacted-2@app.example"]);
  });

  test("in no other field", () => {
    expect(request(ONE, message(null, ["Location", TWO], ["Access-Control-Allow-Origin", "*"]))).toEqual(["https://redacted@app.example", "*"]);
  });
});

describe("what is ordinary stays as it is", () => {
  test.each([
    "https://api.example/api/v1/users/42?page=2&sort=name&filter=active&limit=100",
    "https://api.example/orders/123e4567-e89b-12d3-a456-426614174000/items",
    "https://api.example/logs/2026-01-02/2026-01-02T03:04:05.678Z?from=2026-01-01&to=2026-01-02T03%3A04%3A05.678Z",
    "https://d111111abcdef8.cloudfront.net/assets/app-3f2a1b9c.js?v=1.2.3",
    "https://my-project-default-rtdb.europe-west1.firebasedatabase.app/rooms.json",
    "https://bucket.s3.eu-central-1.amazonaws.com/photos/2026/holiday-in-the-mountains.jpeg",
    "https://unpkg.com/react@18.2.0/umd/react.production.min.js",
    "https://cdn.example/images/logo@2x.png",
    "https://api.example/?next=%2fhome%2F&q=a%20b+c",
    "https://medium.example/@somebody/how-to-configure-cors-in-2026",
    "https://xyzcompany.supabase.co/rest/v1/todos?select=id,title&order=inserted_at.desc",
    "https://api.example/search?q=cross%20origin%20resource%20sharing&lang=en-GB&country_code=DE&zip=10115",
    "https://api.example/graphql?operationName=GetUserById&variables=%7B%22id%22%3A42%7D",
    "https://api.example/v2/sk-SK/articles/getLatestArticlesByCategory",
    "https://api.example/tiles/12/2200/1343.png?style=light-v10",
    "https://[2001:db8::1]:8443/health",
    "http://localhost:3000/api/todos?_limit=10",
    "/relative/path?next=%2Fhome",
  ])("%s", (url) => {
    expect(redactedUrl(url)).toBe(url);
  });

  test.each<[string, string]>([
    ["User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"],
    ["User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"],
    ["Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"],
    ["Accept-Language", "en-GB,en;q=0.9,de;q=0.8"],
    ["Content-Type", "application/json; charset=utf-8"],
    ["Host", "d111111abcdef8.cloudfront.net"],
    ["Origin", "https://my-app-git-feature-team.vercel.app"],
    ["Referer", "https://app.example/orders/42?page=2"],
    ["Date", "Fri, 02 Jan 2026 03:04:05 GMT"],
    ["Cache-Control", "public, max-age=31536000, stale-while-revalidate=86400, immutable"],
    ["ETag", 'W/"33a64df5-1f4"'],
    ["Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Accept-Encoding"],
    ["Access-Control-Allow-Headers", "Content-Type, Authorization, X-Amz-Date, X-Api-Key, X-Amz-Security-Token, X-CSRF-Token"],
    ["Access-Control-Expose-Headers", "X-Total-Count, X-RateLimit-Remaining, Content-Disposition"],
    ["Access-Control-Request-Headers", "authorization,content-type,x-csrf-token"],
    ["Access-Control-Allow-Origin", "https://app.example"],
    ["Server", "Apache/2.4.62 (Ubuntu) OpenSSL/3.0.13"],
    ["Via", "1.1 varnish, 1.1 2f1e3d4c5b6a79880123456789abcde.cloudfront.net (CloudFront)"],
    ["X-Served-By", "cache-icn1450025-ICN, cache-fra-etou8220094-FRA"],
    ["CF-Ray", "8c1a2b3c4d5e6f70-FRA"],
    ["sec-ch-ua", '"Chromium";v="150", "Google Chrome";v="150", "Not/A)Brand";v="99"'],
    ["Location", "https://login.example/oauth2/authorize?client_id=web&response_type=id&scope=openid%20profile"],
  ])("%s: %s", (name, value) => {
    const [found] = EXCHANGES;
    const [{ request }] = found!.exchange.hops;
    const notes: string[] = [];
    const { hops: [hop] } = redactedExchange({ ...found!.exchange, hops: [{ preflight: null, request: { ...request, requestHeaders: [{ name, value }], response: null } }] }, (kind, removed) => notes.push(`${kind} ${removed}`));
    expect(hop.request.requestHeaders).toEqual([{ name, value }]);
    expect(notes).toEqual([]);
  });
});
