import type { Browser } from "puppeteer-core";
import type { Policy } from "../../src/servers/recipe.ts";
import { isRefused, reads, type Expectation } from "./expectation.ts";
import { fieldExpectations } from "./field-expectations.ts";
import { openPage, type Origins, type RequestingPage } from "./pages.ts";
import { rawResponse } from "./raw-response.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { withServer, type Place } from "./running.ts";

const PATH = "/api/items";

const PUT: RequestInit = { method: "PUT", credentials: "include", headers: { "Content-Type": "application/json", "X-Request-ID": "1" }, body: "{}" };
const GET: RequestInit = { credentials: "include" };
const ANONYMOUS_GET: RequestInit = { credentials: "omit" };
const ANONYMOUS_PUT: RequestInit = { ...PUT, credentials: "omit" };

/** Runs a recipe for a server of another origin than the page's: without its text, with it, and with that of two other policies. */
export async function runCrossOrigin(recipeRun: RecipeRun, place: Place, browser: Browser, origins: Origins): Promise<Expectation[]> {
  const { own, foreign } = origins;
  const full = { origin: own, credentials: true, methods: ["GET", "PUT"], headers: ["content-type", "x-request-id"], path: PATH };
  const plain = { ...full, credentials: false, methods: ["GET"], headers: [] };
  const anybody = { ...full, origin: "*", credentials: false };
  const withPages = async (policy: Omit<Policy, "server">, withText: boolean, expect: (policy: Policy, page: RequestingPage, stranger: RequestingPage) => Promise<Expectation[]>) => {
    const page = await openPage(browser, own);
    const stranger = await openPage(browser, foreign);
    try {
      return await withServer(recipeRun, place, (port) => ({ ...policy, server: `http://127.0.0.1:${port}` }), withText, (whole) => expect(whole, page, stranger));
    } finally {
      await page.close();
      await stranger.close();
    }
  };
  const named = (name: string, expectations: readonly Expectation[]) => expectations.map((one) => ({ ...one, what: `${name}: ${one.what}` }));
  return [
    ...named("without the text", await withPages(full, false, expectBlocked)),
    ...named("with credentials", await withPages(full, true, (policy, page, stranger) => expectFull(policy, page, stranger, foreign))),
    ...named("without credentials", await withPages(plain, true, (policy, page, stranger) => expectPlain(policy, page, stranger, foreign))),
    ...named("any origin", await withPages(anybody, true, (policy, page, stranger) => expectAnybody(policy, page, stranger, foreign))),
  ];
}

/** Proves that there is something to fix, and that it isn't a dead server. */
async function expectBlocked({ server, path }: Policy, page: RequestingPage): Promise<Expectation[]> {
  const { status } = await rawResponse(server + path);
  return [{ what: `GET from no page is answered with 200, not ${status}`, holds: status === 200 }, isRefused("PUT", await page.fetch(server + path, PUT))];
}

async function expectFull(policy: Policy, page: RequestingPage, stranger: RequestingPage, foreign: string): Promise<Expectation[]> {
  const url = policy.server + policy.path;
  return [
    reads("PUT", await page.fetch(url, PUT)),
    reads("GET", await page.fetch(url, GET)),
    { ...reads("the 404", await page.fetch(`${url}/missing`, GET), 404), optional: true },
    isRefused("DELETE", await page.fetch(url, { ...GET, method: "DELETE" })),
    isRefused("PUT with a header that is not in the policy", await page.fetch(url, { ...PUT, headers: { "X-Other": "1" } })),
    isRefused("PUT from another origin", await stranger.fetch(url, PUT)),
    isRefused("GET from another origin", await stranger.fetch(url, GET)),
    ...(await fieldExpectations(policy, foreign)),
  ];
}

async function expectPlain(policy: Policy, page: RequestingPage, stranger: RequestingPage, foreign: string): Promise<Expectation[]> {
  const url = policy.server + policy.path;
  return [
    reads("GET", await page.fetch(url, ANONYMOUS_GET)),
    isRefused("GET with credentials", await page.fetch(url, GET)),
    isRefused("PUT", await page.fetch(url, ANONYMOUS_PUT)),
    isRefused("GET from another origin", await stranger.fetch(url, ANONYMOUS_GET)),
    ...(await fieldExpectations(policy, foreign)),
  ];
}

async function expectAnybody(policy: Policy, page: RequestingPage, stranger: RequestingPage, foreign: string): Promise<Expectation[]> {
  const url = policy.server + policy.path;
  return [
    reads("GET", await page.fetch(url, ANONYMOUS_GET)),
    reads("PUT from another origin", await stranger.fetch(url, ANONYMOUS_PUT)),
    isRefused("GET with credentials", await page.fetch(url, GET)),
    ...(await fieldExpectations(policy, foreign)),
  ];
}
