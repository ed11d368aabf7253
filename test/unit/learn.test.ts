import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ENGINES } from "../../src/engines/engines.ts";
import { say, type Phrase, type Words } from "../../src/explain.ts";
import { chapterFor } from "../../src/learn/chapter-for.ts";
import { CHAPTER_IDS, type ChapterId, neighbour } from "../../src/learn/chapter-ids.ts";
import { type Chapter, chapter } from "../../src/learn/chapters.ts";
import { EXAMPLES, EXAMPLES_ENGINE } from "../../src/learn/examples.ts";
import { judge } from "../../src/judge.ts";
import type { CauseCode, Code, Outcome, Phase } from "../../src/model.ts";
import { codes } from "../../src/references.ts";
import { LANGUAGES } from "../../src/wording.ts";
import { readRecording } from "../lab/recording.ts";
import { reducedExamples } from "../lab/reduced.ts";

function messagesOf(language: string): Readonly<Record<string, { readonly message: string }>> {
  return JSON.parse(readFileSync(`extension/_locales/${language}/messages.json`, "utf8"));
}

function phrasesOf({ title, blocks, example }: Chapter): Phrase[] {
  return [title, ...textOf(blocks), example.caption];
}

function textOf(blocks: Chapter["blocks"]): Phrase[] {
  return blocks.flatMap((block) => (block.kind === "list" ? block.points : [block.text]));
}

const english = messagesOf("en");
const words: Words = (key, params = []) => (english[key]?.message ?? "").replace(/\$([1-9])/g, (_, place) => params[Number(place) - 1] ?? "");

describe("which chapter explains a failing check", () => {
  /** On a response. The compiler wants a row for every code. */
  const CHAPTERS: Readonly<Record<Code, ChapterId | null>> = {
    "allow-origin-missing": "same-origin",
    "allow-origin-wildcard-with-credentials": "credentials",
    "allow-origin-multiple-values": "same-origin",
    "allow-origin-invalid": "same-origin",
    "allow-origin-null": "same-origin",
    "allow-origin-mismatch": "same-origin",
    "origin-null-not-allowed": "redirects",
    "origin-became-null-by-redirect": "redirects",
    "allow-credentials-not-true": "credentials",
    "preflight-redirect": "preflights",
    "preflight-status-not-ok": "preflights",
    "allow-methods-invalid": "preflights",
    "allow-headers-invalid": "preflights",
    "method-not-allowed": "preflights",
    "header-not-allowed": "preflights",
    "authorization-not-covered-by-wildcard": "preflights",
    "redirect-url-has-credentials": "redirects",
    "redirect-mode-same-origin": "redirects",
    "preflight-network-error": "preflights",
    "redirect-invalid": "redirects",
    "redirect-not-http": "redirects",
    "redirect-refused": "redirects",
    "redirect-mode-error": "redirects",
    "redirect-not-followed": null,
    "too-many-redirects": null,
    "redirect-stream-body": null,
    "content-security-policy": null,
    "mode-same-origin": "same-origin",
    "scheme-not-supported": null,
    "mixed-content": null,
    "connection-refused": null,
    "connection-reset": null,
    "empty-response": null,
    "name-not-resolved": null,
    "tls-error": null,
    "timed-out": null,
    offline: null,
    aborted: null,
    "blocked-by-client": null,
    "blocked-by-response": null,
    "opaque-response-blocked": "no-cors",
    "local-network-access": null,
    "unsafe-port": null,
    "wrong-content-type": null,
    "network-error": null,
  };
  const rows = Object.entries(CHAPTERS) as [Code, ChapterId | null][];

  test.each(rows)("%s: %s", (code, wanted) => expect(chapterFor({ code, phase: "response" })).toBe(wanted));

  test("there is no other code", () => expect(rows.map(([code]) => code).sort()).toEqual(codes().sort()));

  const PLACES: readonly (readonly [Code, Phase, readonly CauseCode[], ChapterId])[] = [
    ["allow-origin-missing", "preflight", [], "preflights"],
    ["allow-origin-missing", "redirect", [], "redirects"],
    ["allow-origin-mismatch", "preflight", [], "preflights"],
    ["allow-credentials-not-true", "preflight", [], "credentials"],
    ["allow-origin-mismatch", "response", ["cached-for-another-origin"], "caching"],
    ["allow-origin-missing", "response", ["cached-no-cors-copy"], "caching"],
    ["allow-origin-missing", "response", ["route-without-cors", "cached-no-cors-copy"], "same-origin"],
  ];
  test.each(PLACES)("%s on the %s, because of %j: %s", (code, phase, causes, wanted) => expect(chapterFor({ code, phase }, causes)).toBe(wanted));
});

describe("the examples", () => {
  const VERDICTS: Readonly<Record<ChapterId, readonly [Outcome, Code | null, Phase]>> = {
    "same-origin": ["blocked", "allow-origin-missing", "response"],
    "simple-requests": ["allowed", null, "response"],
    preflights: ["blocked", "header-not-allowed", "preflight"],
    credentials: ["blocked", "allow-origin-wildcard-with-credentials", "response"],
    redirects: ["blocked", "origin-became-null-by-redirect", "response"],
    "no-cors": ["blocked", "allow-origin-missing", "response"],
    caching: ["blocked", "allow-origin-mismatch", "response"],
    proxies: ["blocked", "allow-origin-mismatch", "response"],
  };

  test.each(CHAPTER_IDS)("%s: its verdict is what the chapter says, and it fails nothing else", (id) => {
    const { outcome, code, phase, failing } = judge(EXAMPLES[id], EXAMPLES_ENGINE);
    expect([outcome, code, phase]).toEqual(VERDICTS[id]);
    expect(failing).toHaveLength(outcome === "blocked" ? 1 : 0);
  });

  test("are what was recorded in the lab, renamed and reduced: `npm run record` writes them", () => {
    expect(EXAMPLES).toEqual(reducedExamples(readRecording("chromium")));
  });

  test("name no host but those of the guide", () => {
    const hosts = JSON.stringify(EXAMPLES).match(/https?:\/\/[^/"]+/g) ?? [];
    expect([...new Set(hosts)].sort()).toEqual(["http://localhost:5173", "https://api.example", "https://app.example", "https://files.example", "https://shop.example"]);
  });
});

describe.each(CHAPTER_IDS)("%s", (id) => {
  const whole = chapter(id);

  test.each(LANGUAGES)("fills every gap of its texts in %s, and no more", (language) => {
    const messages = messagesOf(language);
    const gaps = (key: string): number => new Set(messages[key]?.message.match(/\$[1-9]/g)).size;
    expect(phrasesOf(whole).map(({ key }) => [key, gaps(key)])).toEqual(phrasesOf(whole).map(({ key, params }) => [key, params.length]));
  });

  test("is short: 80 to 150 words", () => {
    const length = textOf(whole.blocks).map((phrase) => say(words, phrase)).join(" ").split(/\s+/).length;
    expect(length).toBeGreaterThanOrEqual(80);
    expect(length).toBeLessThanOrEqual(150);
  });

  test("says where the standard and MDN have it", () => {
    expect(new Set(whole.readings.map(({ source }) => source))).toEqual(new Set(["standard", "mdn"]));
    expect(whole.readings.filter(({ source, url }) => !url.startsWith(source === "mdn" ? "https://developer.mozilla.org/docs/Web/" : "https://"))).toEqual([]);
  });
});

test.each(LANGUAGES)("the limits of the preflight cache are the engines' in %s", (language) => {
  const text = messagesOf(language)["learn_caching_4"]?.message;
  expect(text).toContain(`${ENGINES.chromium.maxAgeLimit}`);
  expect(text).toContain(`${ENGINES.gecko.maxAgeLimit}`);
});

test("the chapters follow one another", () => {
  expect(CHAPTER_IDS.map((id) => neighbour(id, 1))).toEqual([...CHAPTER_IDS.slice(1), null]);
  expect(CHAPTER_IDS.map((id) => neighbour(id, -1))).toEqual([null, ...CHAPTER_IDS.slice(0, -1)]);
});
