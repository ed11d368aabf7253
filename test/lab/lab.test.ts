import { request } from "node:http";
import { request as requestSecurely } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarios } from "./scenarios.ts";
import { startLab, urlOf, type Lab } from "./server.ts";

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

function ask(url: string, method = "GET"): Promise<{ status: number; lines: string[] }> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? requestSecurely : request;
    send(url, { method, rejectUnauthorized: false }, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, lines: response.rawHeaders }));
    }).on("error", reject).end();
  });
}

describe("the lab", () => {
  it("has unique ids and at least 24 broken requests", () => {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    expect(scenarios.filter(({ works }) => !works).length).toBeGreaterThanOrEqual(24);
    for (const { id } of scenarios) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))("answers %s as written", async (_id, scenario) => {
    for (const [index, { at, preflight, response }] of scenario.hops.entries()) {
      if (at === "tls" || at === "nowhere") continue;
      const url = urlOf(lab.origins, scenario, index);
      for (const [method, reply] of [["GET", response], ["OPTIONS", preflight ?? response]] as const) {
        if (reply === "close") await expect(ask(url, method)).rejects.toThrow();
        else expect((await ask(url, method)).status).toBe(reply.status);
      }
    }
  });

  it("repeats header lines and fills in the page's origin", async () => {
    const { lines } = await ask(`${lab.origins.api}/header-twice`);
    expect(lines.filter((line) => line === "Access-Control-Allow-Origin").length).toBe(2);
    expect(lines).toContain(lab.origins.page);
  });

  it("writes the user into the redirect", async () => {
    const { lines } = await ask(`${lab.origins.api}/redirect-with-password`);
    expect(lines.some((line) => line.includes("//user:password@127.0.0.1"))).toBe(true);
  });

  it("serves a page with a named button for each", async () => {
    const html = await (await fetch(lab.url)).text();
    for (const { id } of scenarios) expect(html).toContain(`data-run="${id}" aria-label="Send: `);
    expect((await fetch(new URL("/page.js", lab.url))).status).toBe(200);
    expect((await fetch(`${lab.origins.api}/nothing`)).status).toBe(404);
  });

  it("closes for good", async () => {
    const second = await startLab();
    await second.close();
    await expect(fetch(second.url)).rejects.toThrow();
  });
});
