import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../../src/correlate.ts";
import { judge } from "../../../src/judge.ts";
import type { Exchange } from "../../../src/model.ts";
import { remedy } from "../../../src/remedy.ts";
import { likelyRecipe, RECIPE_OF } from "../../../src/servers/likely.ts";
import { type HopPolicy, policiesOf, proxyPolicy } from "../../../src/servers/policy.ts";
import { RECIPES } from "../../../src/servers/recipes.ts";
import { headers } from "../lines.ts";
import { A, B, C, Tape } from "../tapes.ts";

type Lines = Readonly<Record<string, string>>;

function policies(tape: Tape): HopPolicy[] {
  const exchange: Exchange = tape.events.reduce(step, emptyLog("chromium")).exchanges[0]!;
  const verdict = judge(exchange, "chromium");
  return policiesOf(exchange, remedy(exchange, verdict, "chromium")!, verdict);
}

const FAILED = "net::ERR_FAILED";
const MINE = { "Access-Control-Allow-Origin": A };

/** A response that the browser blocks. */
function response(answer: Lines, { url = `${B}/items`, method = "GET", asks = {}, source = {} }: { url?: string; method?: string; asks?: Lines; source?: { initiator?: string } } = {}): Tape {
  return new Tape(source).begin("1", method, url).send("1", method, url, asks).head("1", method, url, 200, answer).fail("1", method, url, FAILED);
}

/** A preflight that the browser doesn't take for an answer. */
function preflight(answer: Lines, method = "PUT", names: string | null = "x-a", status = 204): Tape {
  const url = `${B}/items`;
  const asks = { "Access-Control-Request-Method": method, ...(names === null ? {} : { "Access-Control-Request-Headers": names }) };
  return new Tape().begin("1", method, url).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, asks).head("2", "OPTIONS", url, status, answer).start("2", "OPTIONS", url).done("2", "OPTIONS", url).fail("1", method, url, FAILED);
}

/** A preflight that passes, and a response that the browser blocks. */
function afterPreflight(answer: Lines, names: string): Tape {
  const url = `${B}/items`;
  const asks = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": names };
  return new Tape().begin("1", "PUT", url).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, asks).head("2", "OPTIONS", url, 204, answer).start("2", "OPTIONS", url).done("2", "OPTIONS", url)
    .send("1", "PUT", url).head("1", "PUT", url, 200, {}).fail("1", "PUT", url, FAILED);
}

describe("what is allowed", () => {
  test("a whole policy", () => {
    expect(policies(response({}))).toEqual([
      {
        hop: 0,
        policy: { origin: A, credentials: false, methods: ["GET"], headers: [], path: "/items", server: B },
        withCredentials: { origin: A, credentials: true, methods: ["GET"], headers: [], path: "/items", server: B },
      },
    ]);
  });

  test("both answers of a hop make one policy", () => {
    expect(policies(preflight({}, "PUT", "x-a,x-b", 404))).toEqual([
      {
        hop: 0,
        policy: { origin: A, credentials: false, methods: ["PUT"], headers: ["x-a", "x-b"], path: "/items", server: B },
        withCredentials: { origin: A, credentials: true, methods: ["PUT"], headers: ["x-a", "x-b"], path: "/items", server: B },
      },
    ]);
  });

  test.each<[string, Tape, string[], string[]]>([
    ["the server's own lists stay, and what was asked for comes to them", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "X-A, Authorization" }, "PUT", "x-a,x-b"), ["GET", "POST", "PUT"], ["x-a", "authorization", "x-b"]],
    ["a list that has it all", preflight({ ...MINE, "Access-Control-Allow-Methods": "PUT,, DELETE", "Access-Control-Allow-Headers": "x-b" }), ["PUT", "DELETE"], ["x-b", "x-a"]],
    ["methods are what they are called, names of headers are not", preflight({ ...MINE, "Access-Control-Allow-Methods": "Put, PUT", "Access-Control-Allow-Headers": "X-B, x-b" }), ["Put", "PUT"], ["x-b", "x-a"]],
    ["no list: what was asked for", preflight({}), ["PUT"], ["x-a"]],
    ["a method that needs no list, and no headers", preflight({}, "POST", null, 404), ["POST"], []],
    ["a preflight that passed, as it was answered", afterPreflight({ ...MINE, "Access-Control-Allow-Methods": "PUT, PATCH", "Access-Control-Allow-Headers": "X-A, x-b" }, "x-a"), ["PUT", "PATCH"], ["x-a", "x-b"]],
    ["wildcards are no names: the ones that were asked for", afterPreflight({ ...MINE, "Access-Control-Allow-Methods": "*", "Access-Control-Allow-Headers": "*" }, "x-a"), ["PUT"], ["x-a"]],
    ["what the server lists and is not plain is left out", preflight({ ...MINE, "Access-Control-Allow-Methods": "GET, M+X, PUT", "Access-Control-Allow-Headers": "x$b, x-c" }), ["GET", "PUT"], ["x-c", "x-a"]],
  ])("%s", (_, tape, methods, names) => {
    expect(policies(tape).map(({ policy }) => [policy.methods, policy.headers])).toEqual([[methods, names]]);
  });

  test.each<[string, Tape]>([
    ["method", preflight({}, "M+X")],
    ["method without a preflight's list", response({}, { method: "G*T" })],
    ["header", preflight({}, "PUT", "x-a,x$b")],
  ])("a %s that is not plain: no policy", (_, tape) => {
    expect(policies(tape)).toEqual([]);
  });
});

test.each([
  ["", "/"],
  ["/", "/"],
  ["/items/1?q=%20#top", "/items/1"],
  ["/v1.2/users:batch/~me/[id]/*/a_b", "/v1.2/users:batch/~me/[id]/*/a_b"],
  ["/items/", "/items/"],
  ["/a/b%20c/d", "/a"],
  ["/a/b/$metadata", "/a/b"],
  ["/a//b;v=1", "/a/"],
  ["/%41", "/"],
  ["/가/items", "/"],
  ['/a/"b', "/a"],
])("the path of %s is %s", (asked, path) => {
  expect(policies(response({}, { url: B + asked })).map(({ policy }) => policy.path)).toEqual([path]);
});

describe("the origin and credentials", () => {
  test("of null: anybody, without credentials", () => {
    expect(policies(response({}, { source: { initiator: "null" }, asks: { Origin: "null" } })).map(({ policy }) => [policy.origin, policy.credentials])).toEqual([["*", false]]);
    expect(policies(response({}, { source: { initiator: "null" }, asks: { Origin: "null", Cookie: "a=1" } }))).toEqual([]);
  });

  test("anybody's still, where the server allows anybody and something else is wrong, but not with credentials", () => {
    expect(policies(preflight({ "Access-Control-Allow-Origin": "*" })).map(({ policy, withCredentials }) => [policy.origin, withCredentials?.origin, withCredentials?.credentials])).toEqual([["*", A, true]]);
  });

  test("anybody's, where only the response's origin became null: Firefox names the page's in the preflight", () => {
    const url = `${B}/items`;
    const to = `${C}/items`;
    const asks = { "Access-Control-Request-Method": "PUT" };
    const tape = new Tape().begin("1", "PUT", url).send("1", "PUT", url).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, asks).head("2", "OPTIONS", url, 204, { ...MINE, "Access-Control-Allow-Methods": "PUT" }).start("2", "OPTIONS", url).done("2", "OPTIONS", url)
      .head("1", "PUT", url, 307, { ...MINE, Location: to }).redirect("1", "PUT", url, to, MINE).begin("1", "PUT", to).send("1", "PUT", to, { Origin: "null" })
      .begin("3", "OPTIONS", to).send("3", "OPTIONS", to, asks).head("3", "OPTIONS", to, 404).fail("3", "OPTIONS", to, "NS_ERROR_DOM_BAD_URI").fail("1", "PUT", to, "NS_ERROR_DOM_BAD_URI");
    const [exchange] = tape.events.reduce(step, emptyLog("gecko")).exchanges;
    const verdict = judge(exchange!, "gecko");
    expect(policiesOf(exchange!, remedy(exchange!, verdict, "gecko")!, verdict).map(({ policy }) => [policy.server, policy.origin])).toEqual([[C, "*"]]);
  });

  test("no policy where only a status has to change", () => {
    const url = `${A}/items`;
    const login = `${C}/login`;
    expect(policies(new Tape().begin("1", "GET", url).send("1", "GET", url).head("1", "GET", url, 302, { Location: login }).redirect("1", "GET", url, login).begin("1", "GET", login).send("1", "GET", login).head("1", "GET", login, 200).fail("1", "GET", login, FAILED))).toEqual([]);
  });

  test.each<[string, Tape, credentials: boolean, open: boolean]>([
    ["a cookie was sent", response({}, { asks: { Cookie: "a=1" } }), true, false],
    ["only they are missing", response(MINE, { asks: { Cookie: "a=1" } }), true, false],
    ["proven by what failed", response({ ...MINE, "Access-Control-Allow-Credentials": "True" }), true, false],
    ["nobody knows", response({}), false, true],
    ["nobody knows, and the server allows them already", response({ "Access-Control-Allow-Origin": C, "Access-Control-Allow-Credentials": "true" }), false, true],
    ["nobody knows, and nobody can have them", response({}, { source: { initiator: "null" }, asks: { Origin: "null" } }), false, false],
  ])("%s", (_, tape, credentials, open) => {
    expect(policies(tape).map((one) => [one.policy.credentials, one.withCredentials !== null])).toEqual([[credentials, open]]);
  });
});

describe("what a development server passes on", () => {
  const proxy = (url: string, initiator = "http://localhost:5173"): unknown => {
    const [exchange] = response({}, { url, source: { initiator }, asks: { Origin: initiator } }).events.reduce(step, emptyLog("chromium")).exchanges;
    return proxyPolicy(exchange!, remedy(exchange!, judge(exchange!, "chromium"), "chromium")!);
  };
  test.each<[string, unknown, unknown]>([
    ["the path, to the server", proxy(`${B}/items/7?a=1`), { origin: "http://localhost:5173", credentials: true, methods: ["GET"], headers: [], path: "/items/7", server: B }],
    ["not the root: that is the page's own", proxy(`${B}/`), null],
    ["nor what would be cut to it", proxy(`${B}/a+b`), null],
    ["nothing for a page that isn't in development", proxy(`${B}/items`, A), null],
  ])("%s", (_name, found, wanted) => expect(found).toEqual(wanted));
});

describe("servers of a redirect", () => {
  const redirected = (answer: Lines, to: string): Tape => new Tape().begin("1", "GET", `${B}/old`).send("1", "GET", `${B}/old`).head("1", "GET", `${B}/old`, 302, { ...answer, Location: to });

  test("one policy for each, the one that nobody asked yet too", () => {
    expect(policies(redirected({}, `${A}/new`).fail("1", "GET", `${B}/old`, FAILED)).map(({ hop, policy }) => [hop, policy.server, policy.path, policy.origin])).toEqual([
      [0, B, "/old", A],
      [1, A, "/new", "*"],
    ]);
  });

  test("a server that answers rightly has nothing to change", () => {
    const to = `${B}/new`;
    const tape = redirected(MINE, to).redirect("1", "GET", `${B}/old`, to, MINE)
      .begin("1", "GET", to).send("1", "GET", to).head("1", "GET", to, 200, {}).fail("1", "GET", to, FAILED);
    expect(policies(tape).map(({ hop, policy }) => [hop, policy.path, policy.origin])).toEqual([[1, "/new", A]]);
  });

  test("an origin that became null on its way: anybody", () => {
    const to = `${C}/new`;
    const tape = redirected(MINE, to).redirect("1", "GET", `${B}/old`, to, MINE)
      .begin("1", "GET", to).send("1", "GET", to, { Origin: "null" }).head("1", "GET", to, 200, MINE).fail("1", "GET", to, FAILED);
    expect(policies(tape).map(({ hop, policy }) => [hop, policy.server, policy.origin, policy.credentials])).toEqual([[1, C, "*", false]]);
  });
});

/** A field line for every software that there is a recipe for. */
const SHOWN: readonly (readonly [line: string, software: string])[] = [
  ["apigw-requestid: a=", "Amazon API Gateway"],
  ["x-amzn-errortype: ForbiddenException", "Amazon API Gateway"],
  ["x-amz-cf-id: a==", "Amazon CloudFront"],
  ["server: AmazonS3", "Amazon S3"],
  ["server: Apache-Coyote/1.1", "Apache Tomcat"],
  ["server: Apache/2.4.62 (Debian)", "Apache httpd"],
  ["x-powered-by: ASP.NET", "ASP.NET"],
  ["x-aspnet-version: 4.0.30319", "ASP.NET"],
  ["server: Kestrel", "ASP.NET Core (Kestrel)"],
  ["x-amzn-requestid: a", "AWS Lambda"],
  ["server: Caddy", "Caddy"],
  ["via: 1.1 Caddy", "Caddy"],
  ["cf-ray: a-FRA", "Cloudflare"],
  ["server: cloudflare", "Cloudflare"],
  ["server: envoy", "Envoy"],
  ["server: istio-envoy", "Envoy"],
  ["x-powered-by: Express", "Express"],
  ["x-guploader-uploadid: a", "Google Cloud Storage"],
  ["server: haproxy", "HAProxy"],
  ["server: Microsoft-IIS/10.0", "IIS"],
  ["server: Jetty(12.0.1)", "Jetty"],
  ["server: LiteSpeed", "LiteSpeed"],
  ["x-nf-request-id: a", "Netlify"],
  ["server: Netlify", "Netlify"],
  ["x-powered-by: Next.js", "Next.js"],
  ["server: openresty", "OpenResty"],
  ["x-powered-by: PHP/8.3.1", "PHP"],
  ["x-runtime: 0.012345", "Ruby on Rails"],
  ["sb-project-ref: a", "Supabase"],
  ["x-deno-execution-id: a", "Supabase Edge Functions"],
  ["server: traefik", "Traefik"],
  ["x-vercel-id: a", "Vercel"],
  ["server: Vercel", "Vercel"],
  ["server: uvicorn", "a Python ASGI server"],
  ["server: gunicorn", "a Python WSGI server"],
  ["server: Werkzeug/3.0.1 Python/3.12", "a Python WSGI server"],
  ["server: puma 6.4.0", "a Ruby server"],
  ["server: nginx/1.27.0", "nginx"],
];

describe("the likely recipe", () => {
  test.each(SHOWN)("of %s is the one for %s", (line, software) => {
    expect(RECIPE_OF[software]).toBeDefined();
    expect(likelyRecipe(headers(line))).toBe(RECIPE_OF[software]);
  });

  test("is a recipe, for every software", () => {
    expect(Object.values(RECIPE_OF).filter((id) => !RECIPES.some((recipe) => recipe.id === id && recipe.kind !== "development-proxy"))).toEqual([]);
    expect(Object.keys(RECIPE_OF).filter((software) => !SHOWN.some(([, shown]) => shown === software))).toEqual([]);
  });

  test.each<[string[], string | null]>([
    [["x-amzn-requestid: a", "x-amz-apigw-id: a="], "aws-api-gateway-rest"],
    [["x-amzn-requestid: a", "apigw-requestid: a="], "aws-api-gateway-http"],
    [["server: nginx", "x-powered-by: Express"], "express"],
    [["server: cloudflare", "x-powered-by: PHP/8.3"], "laravel"],
    [["server: AmazonS3", "via: 1.1 a.cloudfront.net (CloudFront)", "x-amz-cf-id: a"], "aws-s3"],
    // There is no recipe for what stands in front: the next that is shown.
    [["x-kong-response-latency: 1", "server: gunicorn"], "django"],
    [["server: Google Frontend"], null],
    [["content-type: text/html"], null],
    [[], null],
  ])("of %j is %s", (lines, id) => {
    expect(likelyRecipe(headers(...lines))).toBe(id);
  });
});
