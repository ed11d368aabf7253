import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Policy, Recipe } from "../../../src/servers/recipe.ts";
import { RECIPES } from "../../../src/servers/recipes.ts";

/** What src/servers has beside a file for each recipe. */
const OTHERS = ["likely", "policy", "recipe", "recipes"];

describe("the list", () => {
  test("has each file's recipe once, under the file's name", () => {
    const files = readdirSync("src/servers").filter((file) => file.endsWith(".ts")).map((file) => file.replace(/\.ts$/, ""));
    expect(RECIPES.map(({ id }) => id).sort()).toEqual(files.filter((file) => !OTHERS.includes(file)).sort());
  });

  test("has no name twice, and none that is empty", () => {
    const names = RECIPES.map(({ name }) => name.toLowerCase());
    expect(names.filter((name, index) => name.trim() === "" || names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(["en", "ko"])("has a message for each recipe, and no other: %s", (language) => {
    const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(readFileSync(`extension/_locales/${language}/messages.json`, "utf8"));
    const keys = RECIPES.map(({ id }) => `recipe_${id.replaceAll("-", "_")}`);
    expect(keys.filter((key) => (messages[key]?.message ?? "").trim() === "")).toEqual([]);
    expect(Object.keys(messages).filter((key) => key.startsWith("recipe_") && !keys.includes(key))).toEqual([]);
  });
});

/** Tokens as policy.ts lets them through, but for those that would be taken for what a text must not say. */
const token = fc.stringMatching(/^[\w.~-]{1,12}$/).filter((value) => !value.toLowerCase().split(/\W/).some((word) => ["null", "any"].includes(word)));
const method = fc.oneof(fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "patch"), token);
const header = fc.oneof(fc.constantFrom("content-type", "authorization", "x-request-id", "accept"), token.map((name) => name.toLowerCase()));
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const host = fc.oneof(
  name.map((label) => `${label}.example`),
  fc.constantFrom("localhost", "127.0.0.1", "[::1]", "[2001:db8::8:800:200c:417a]", "xn--bcher-kva.example"),
);
const origin = fc
  .tuple(fc.constantFrom("http", "https"), host, fc.option(fc.integer({ min: 1, max: 65_535 })))
  .map(([scheme, where, port]) => `${scheme}://${where}${port === null ? "" : `:${port}`}`)
  // A name with hyphens at the wrong place is none.
  .filter((url) => URL.canParse(url))
  .map((url) => new URL(url).origin);
const path = fc.array(fc.oneof(fc.constantFrom("api", "v1.2", "users:batch", "[id]", "*", ":id", "a*b", "~me", ""), fc.stringMatching(/^[\w.~:[\]*-]{0,8}$/)), { maxLength: 5 }).map((parts) => `/${parts.join("/")}`);

const policies: fc.Arbitrary<Policy> = fc
  .record({
    origin: fc.oneof({ weight: 3, arbitrary: origin }, { weight: 1, arbitrary: fc.constant("*") }),
    credentials: fc.boolean(),
    methods: fc.uniqueArray(method, { minLength: 1, maxLength: 12 }),
    headers: fc.uniqueArray(header, { maxLength: 20 }),
    path,
    server: origin,
  })
  .map((policy) => ({ ...policy, credentials: policy.credentials && policy.origin !== "*" }));

/** The text of a policy without backslashes, which are there for patterns alone. */
function bareText(recipe: Recipe, policy: Policy): string {
  return recipe.write(policy).text.replaceAll("\\", "");
}

/** Everything in a text that is the address of a server. */
function originsIn(text: string): string[] {
  const addresses = text.match(/\bhttps?:\/\/(\[[\da-f:]+\]|[\w.-]+)(:\d+)?/gi) ?? [];
  return [...new Set(addresses.map((address) => new URL(address).origin))];
}

/** Whether a text lets anybody in: by `*` in quotes, or by a word for it. Laravel's paths may be that too. */
function letsAnybodyIn(text: string): boolean {
  return /(["'])\*\1|\bAny\b|AllowAnyOrigin|AllowAllOrigins|allow_any_origin|CORS_ALLOW_ALL_ORIGINS/.test(text.replace(/'paths' => .*/, ""));
}

/** For every policy; enough of them to meet each special value together with any other. */
function always(predicate: (policy: Policy) => void): void {
  fc.assert(fc.property(policies, predicate), { numRuns: 200 });
}

describe.each(RECIPES)("$id, whatever the policy", (recipe) => {
  const isProxy = recipe.kind === "development-proxy";

  test("names the origin, or for a development server the API, and no other", () => {
    always((policy) => {
      const text = bareText(recipe, policy);
      const named = isProxy ? policy.server : policy.origin;
      if (named !== "*") expect(text).toContain(named);
      expect(originsIn(text)).toEqual(named === "*" ? [] : [named]);
    });
  });

  test("lets anybody in only where that is asked for, and never null", () => {
    always((policy) => {
      const text = bareText(recipe, policy);
      expect(letsAnybodyIn(text)).toBe(!isProxy && policy.origin === "*");
      expect(text).not.toMatch(/["'`]null["'`]/);
    });
  });

  test("is one text: its last line ends, and nothing is missing in it", () => {
    always((policy) => {
      const { file, text } = recipe.write(policy);
      expect(file).not.toBe("");
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toMatch(/\bundefined\b|\[object|\$\{/);
    });
  });
});

const EXAMPLE: Policy = { origin: "https://app.example", credentials: false, methods: ["GET"], headers: [], path: "/", server: "https://api.example" };
const files = RECIPES.map((recipe) => ({ id: recipe.id, recipe, file: recipe.write(EXAMPLE).file }));

test.each(files.filter(({ file }) => file.endsWith(".json")))("$id is JSON, whatever the policy", ({ recipe }) => {
  always((policy) => void JSON.parse(recipe.write(policy).text));
});

test.each(files.filter(({ file }) => /\.[jt]s$/.test(file)))("$id is JavaScript or TypeScript, whatever the policy", ({ recipe }) => {
  always((policy) => void transformSync(recipe.write(policy).text, { loader: "ts", format: "esm" }));
});
