import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { messageKeys } from "../../src/message-keys.ts";

type Messages = Readonly<Record<string, { readonly message: string }>>;

const languages = readdirSync("extension/_locales");
const texts = Object.fromEntries(languages.map((language) => [language, read(language)]));
const sources = ["extension", "extension/panel"].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${folder}/${file}`, "utf8") })),
);
const manifest = readFileSync("manifest.json", "utf8");

/** Keys made from a part that is not in the source as it is. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  browser_name_: ["chromium", "gecko"],
  column_: ["method", "url", "type", "reason", "header"],
  outcome_: ["blocked", "allowed", "unknown", "pending"],
  phase_: ["request", "preflight", "redirect", "response"],
  station_: ["preflight", "request", "redirected"],
};

const composed = sources.flatMap(({ text }) => [...text.matchAll(/words\(`([a-z_]+)\$\{[^}]+\}`/g)].map((match) => match[1] ?? ""));
const used = new Set([
  ...messageKeys(),
  ...sources.flatMap(({ text }) => literals(text)),
  ...composed.flatMap((prefix) => (COMPOSED[prefix] ?? []).map((end) => prefix + end)),
  ...[...manifest.matchAll(/__MSG_(\w+)__/g)].map((match) => match[1] ?? ""),
]);

test("there are English and Korean", () => {
  expect(languages.sort()).toEqual(["en", "ko"]);
});

test("every composed key is accounted for", () => {
  expect(composed.filter((prefix) => !(prefix in COMPOSED))).toEqual([]);
});

describe.each(languages)("%s", (language) => {
  const messages = texts[language] ?? {};

  test("has every key that is used", () => {
    expect([...used].filter((key) => !(key in messages))).toEqual([]);
  });
  test("has no key that is not used", () => {
    expect(Object.keys(messages).filter((key) => !used.has(key))).toEqual([]);
  });
  test("has keys that browsers allow, and no empty text", () => {
    expect(Object.entries(messages).filter(([key, { message }]) => !/^[A-Za-z0-9_]+$/.test(key) || message.trim() === "")).toEqual([]);
  });
  test("has no parameter right before another: Chrome would take $1$2 for a placeholder named 1", () => {
    expect(Object.entries(messages).filter(([, { message }]) => /\$[0-9]\$/.test(message))).toEqual([]);
  });
  test("mentions no parameter that English does not", () => {
    const wrong = Object.entries(messages).filter(
      ([key, { message }]) => !placeholders(message).every((one) => placeholders(texts["en"]?.[key]?.message ?? "").includes(one)),
    );
    expect(wrong).toEqual([]);
  });
  test("mentions every parameter that English does", () => {
    const wrong = Object.entries(messages).filter(
      ([key, { message }]) => !placeholders(texts["en"]?.[key]?.message ?? "").every((one) => placeholders(message).includes(one)),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(sources.filter(({ file }) => file.endsWith(".tsx")))("$file has no words of its own", ({ text }) => {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const inTags = [...code.matchAll(/<\/?[a-zA-Z][^<>]*>\s*([A-Za-z][^<>{}();=]*)\s*(?:<|\{)/g)].map((match) => match[1]);
  const inAttributes = [...code.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map((match) => match[1]);
  expect([...inTags, ...inAttributes]).toEqual([]);
});

/** Every string that has the form of one of our keys; what is no key of any language is some other string. */
function literals(text: string): string[] {
  const strings = [...text.matchAll(/"([a-z]+(?:_[a-z0-9]+)*)"/g)].map((match) => match[1] ?? "");
  const called = [...text.matchAll(/words\("(\w+)"/g)].map((match) => match[1] ?? "");
  return [...called, ...strings.filter((string) => languages.some((language) => string in (texts[language] ?? {})))];
}

function placeholders(message: string): string[] {
  return message.match(/\$[0-9]/g) ?? [];
}

function read(language: string): Messages {
  return JSON.parse(readFileSync(`extension/_locales/${language}/messages.json`, "utf8"));
}
