import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import manifest from "../../manifest.json" with { type: "json" };

/** The longest summary that the Chrome Web Store takes; AMO takes 250. */
const SUMMARY = 132;

/** The stores' size of a picture. */
const SIZE = [1280, 800];

test("each permission has its one sentence, and nothing else has", () => {
  const rows = [...readFileSync("store/permissions.md", "utf8").matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual([...manifest.permissions, ...manifest.host_permissions].sort());
  for (const [, , reason] of rows) expect(reason).toMatch(/^[A-Z][^]*\.$/);
});

test("Firefox is told that nothing is collected", () => {
  expect(manifest.browser_specific_settings.gecko.data_collection_permissions).toEqual({ required: ["none"] });
});

describe.each(["en", "ko"])("the stores' texts, %s", (language) => {
  const text = readFileSync(`store/${language}.md`, "utf8");
  const under = (heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0]?.trim() ?? "";
  const messages = JSON.parse(readFileSync(`extension/_locales/${language}/messages.json`, "utf8")) as Record<"extensionName" | "extensionDescription", { message: string }>;

  test("have the manifest's name and summary, short enough", () => {
    expect(under("Name")).toBe(messages.extensionName.message);
    expect(under("Summary")).toBe(messages.extensionDescription.message);
    expect(under("Summary").length).toBeLessThanOrEqual(SUMMARY);
    expect(under("Description")).not.toBe("");
  });

  test("name pictures of the right size", () => {
    const pictures = [...under("Screenshots").matchAll(/`(screenshots\/[^`]+)`/g)].map(([, path]) => readFileSync(`store/${path}`));
    expect(pictures.length).toBeGreaterThan(0);
    for (const png of pictures) expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(SIZE);
  });
});
