import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HAR_PROBLEMS } from "../../src/har/har-error.ts";
import { RECIPES } from "../../src/servers/recipes.ts";
import { FILTER_KEYS } from "../../src/filter/keys.ts";
import { ownWords } from "./spoken.ts";
import { learnKeys } from "../../src/learn/chapters.ts";
import { messageKeys } from "../../src/message-keys.ts";

type Messages = Readonly<Record<string, { readonly message: string }>>;

const languages = readdirSync("extension/_locales");
const texts = Object.fromEntries(languages.map((language) => [language, read(language)]));
const sources = ["extension", "extension/panel", "extension/panel/learn", "extension/panel/import"].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${folder}/${file}`, "utf8") })),
);
const manifest = readFileSync("manifest.json", "utf8");

/** Keys made from a part that is not in the source as it is. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  browser_name_: ["chromium", "gecko"],
  counted_: ["causes_one", "causes_other", "requests_one", "requests_other", "origins_one", "origins_other", "more_urls_one", "more_urls_other", "cross_origin_one", "cross_origin_other"],
  shortcut_: ["record", "clear", "open", "find", "close", "list", "move", "explain", "group", "mark", "menu"],
  har_problem_: HAR_PROBLEMS.map((problem) => problem.replaceAll("-", "_")),
  lack_: ["outcome", "answer", "error", "credentials", "engine"],
  column_: ["method", "url", "type", "reason", "header", "time"],
  command_: ["curl_posix", "curl_cmd", "powershell", "fetch", "check"],
  part_: ["preflight", "request", "pair"],
  part_copy_: ["preflight", "request", "pair"],
  format_: ["har", "markdown", "html", "text"],
  format_hint_: ["har", "markdown", "html", "text"],
  range_: ["selected", "shown", "all"],
  language_: ["en", "ko"],
  filter_key_: [...FILTER_KEYS.keys()].map((key) => key.replaceAll("-", "_")),
  filter_wrong_: ["invalid", "slow", "value"],
  recipe_: RECIPES.map(({ id }) => id.replaceAll("-", "_")),
  recipes_: ["web_server", "framework", "service", "development_proxy"],
  trial_: ["waiting", "pending", "passed", "blocked", "unknown"],
  trial_cannot_: ["status", "repeated_lines", "service_worker"],
  need_: ["credentials", "other_browser", "caches"],
  outcome_: ["blocked", "allowed", "unknown", "pending"],
  picture_: ["page", "service_worker", "browser", "server"],
  phase_: ["request", "preflight", "redirect", "response"],
  reference_: ["standard", "mdn"],
  learn_: ["previous", "next"],
  live_: ["first_one", "first_other", "more_one", "more_other"],
  station_: ["preflight", "request", "redirected"],
};

const composed = sources.flatMap(({ text }) => [...text.matchAll(/words\(`([a-z_]+)\$\{[^}]+\}`/g)].map((match) => match[1] ?? ""));
const used = new Set([
  ...messageKeys(),
  ...learnKeys(),
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
  expect(ownWords(text)).toEqual([]);
});

test.each([
  ["a child", `<p>Blocked</p>`, [`"Blocked"`]],
  ["a child after an expression", `<p>{n} blocked = bad</p>`, [`" blocked = bad"`]],
  ["a child in braces", `<p>{on ? "Yes" : words("no")}</p>`, [`"Yes"`]],
  ["a child on a condition", `<p>{on && "Yes"}</p>`, [`"Yes"`]],
  ["a template", "<p>{`${n} blocked`}</p>", ["`${n} blocked`"]],
  ["in a fragment, in Korean", `<>차단됨</>`, [`"차단됨"`]],
  ["in a list", `<ul>{all.map((one) => <li key="k">One {one}</li>)}</ul>`, [`"One "`]],
  ["attributes", `<input title="Now" aria-label={on ? "On" : words("off")} placeholder={\`\${n} of all\`} />`, [`"Now"`, `"On"`, "`${n} of all`"]],
  ["a component's label", `<Tool label="Clear" />`, [`"Clear"`]],
  ["signs", `<p>{words("a")} · {n} ×{n}{" "}({words("b", ["c"])})</p>`, []],
  ["what isn't shown", `<p class="hint" data-x={on === "yes" ? 1 : 2} onClick={() => post({ type: "clear", title: "x" })}>{one === "two" && <b />}{say({ title: "x" })}</p>`, []],
  ["what is outside of elements", `const title = "Blocked"; export const one = { title: "x" };`, []],
])("words in the source are found: %s", (_, source, found) => {
  expect(ownWords(source)).toEqual(found);
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
