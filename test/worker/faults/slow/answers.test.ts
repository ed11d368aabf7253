import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../../browsers/browser.ts";
import { type RawReply, rawServer } from "../../../conformance/raw-http.ts";
import { click } from "../../../panel/hands.ts";
import { ENGINES, rows, send } from "../../panel-reading.ts";
import { openScene, type Scene, withstands } from "../scene.ts";

type Line = readonly [name: string, value: string];

/** Bytes, one a character; no UTF-8. */
const INVALID = "caf\xe9 \xff\xfe";

const ANSWERS: Readonly<Record<string, readonly Line[]>> = {
  "/one-header": [["X-Long", "a".repeat(250_000)]],
  "/too-much": [["X-Long", "a".repeat(600_000)]],
  "/lines": Array.from({ length: 10_000 }, (_, index): Line => [`X-${index}`, "a"]),
  "/bytes": [["Access-Control-Allow-Origin", `http://${INVALID}`], ["X-Note", INVALID], ["X-Korean", "\xed\x95\x9c"]],
};

describe.each(ENGINES)("%s: answers and addresses that nobody expects", (engine) => {
  const raw = rawServer(({ path }): RawReply => ({ status: 200, headers: ANSWERS[path] ?? [], body: "hello" }));
  let scene: Scene;
  let origin: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => raw.server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(raw.server.address() as AddressInfo).port}`;
    scene = await openScene(engine);
  });
  // Of a panel only what is in sight can be read.
  beforeEach(() => click(scene.panel, "Clear"));
  afterAll(async () => {
    await scene?.close();
    await raw.stop();
  });

  /** @returns what is told of it */
  const blocked = async (path: string): Promise<string> => {
    await send(scene.page, [origin + path]);
    const found = async (): Promise<string | undefined> => (await scene.told()).find((each) => each.startsWith(`${origin}${path} `));
    await until(`${path.slice(0, 40)} is told as blocked`, async () => (await found())?.startsWith(`${origin}${path} blocked`) === true);
    await until("it is listed", async () => (await rows(scene.panel)).some((row) => row.startsWith(`blocked ${origin}${path} `)));
    return `told as ${(await found())?.split(" ").at(-1)}`;
  };

  test("a header of 250 KB", () =>
    withstands(scene, { fault: "header of 250 KB", injected: "sent by the server", path: "one-header" }, () => blocked("/one-header")));

  test("headers of more than the browser takes", () =>
    withstands(scene, { fault: "header of 600 KB", injected: "sent by the server", path: "too-much" }, () => blocked("/too-much")));

  test("10,000 headers", () =>
    withstands(scene, { fault: "10,000 headers", injected: "sent by the server", path: "lines" }, () => blocked("/lines")));

  test("bytes that are no text", () =>
    withstands(scene, { fault: "invalid bytes in headers", injected: "Latin-1 and 0xFF in Access-Control-Allow-Origin and others", path: "bytes" }, () => blocked("/bytes")));

  test("data: and blob: are no matter of CORS", () =>
    withstands(scene, { fault: "data: and blob:", injected: "fetched by the page", path: "data" }, async () => {
      await scene.page.evaluate(`Promise.all([fetch("data:text/plain,hello"), fetch(URL.createObjectURL(new Blob(["hello"])))]).then(() => null)`);
      await scene.record("data/meanwhile");
      expect((await scene.told()).filter((each) => /^(data|blob):/.test(each))).toEqual([]);
      return "not listed";
    }));

  test("an address as long as the browser takes", () =>
    withstands(scene, { fault: "URL of 2 MB", injected: engine === "gecko" ? "1 MB, Firefox's most" : "fetched by the page", path: "long" }, async () => {
      const length = engine === "gecko" ? 2 ** 20 : 2 ** 21;
      await scene.page.evaluate(`(void fetch(${JSON.stringify(origin)} + "/a".repeat(${length / 2 - 100})).catch(() => {}), null)`);
      // An export shortens it, as it may hold a secret.
      const longest = (): Promise<string> => scene.panel.evaluate<string>(`document.querySelector('.cell-url[title*="/a/a/a"]')?.closest(".row").querySelector(".cell-reason").title ?? ""`);
      await until("it is listed", async () => (await longest()) !== "");
      return `listed: ${await longest()}`;
    }));
});
