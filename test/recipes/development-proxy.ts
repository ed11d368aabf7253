import type { Browser } from "puppeteer-core";
import type { Policy } from "../../src/servers/recipe.ts";
import type { Expectation } from "./expectation.ts";
import { openPage, type Read } from "./pages.ts";
import { anyPort } from "./ports.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { withServer, type Place } from "./running.ts";
import { startUpstream } from "./upstream.ts";

const PATH = "/api/items";

/** Runs a recipe for a development server: a page of its own origin reaches an API elsewhere through it. */
export async function runDevelopmentProxy(recipeRun: RecipeRun, place: Place, browser: Browser): Promise<Expectation[]> {
  const apiPort = await anyPort();
  const api = await startUpstream({ port: apiPort, path: PATH });
  const policyAt = (port: number): Policy => ({
    origin: `http://127.0.0.1:${port}`,
    credentials: true,
    methods: ["GET", "PUT"],
    headers: ["content-type", "x-request-id"],
    path: PATH,
    server: `http://127.0.0.1:${apiPort}`,
  });
  const answers = (withText: boolean) =>
    withServer(recipeRun, place, policyAt, withText, async ({ origin, path }) => {
      const page = await openPage(browser, origin);
      try {
        const put = await page.fetch(path, { method: "PUT", headers: { "Content-Type": "application/json", "X-Request-ID": "1" }, body: "{}" });
        return { put, get: await page.fetch(path, {}), missing: await page.fetch(`${path}/missing`, {}) };
      } finally {
        await page.close();
      }
    });
  try {
    const bare = await answers(false);
    const { put, get, missing } = await answers(true);
    return [
      { what: "without the text: PUT does not reach the API", holds: !isOfApi(bare.put) },
      { what: "without the text: GET does not reach the API", holds: !isOfApi(bare.get) },
      { what: "PUT reaches the API", holds: isOfApi(put) },
      { what: "GET reaches the API", holds: isOfApi(get) },
      { what: "the API's 404 is readable", holds: missing?.status === 404, optional: true },
    ];
  } finally {
    api.close();
    api.closeAllConnections();
  }
}

/** Development servers answer what they don't know with their own page, and with 200. */
function isOfApi(got: Read | null): boolean {
  return got?.status === 200 && got.body.replace(/\s/g, "") === '{"ok":true}';
}
