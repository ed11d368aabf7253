import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import { compare, difference } from "../../src/difference.ts";
import { explain, explainOtherEngine, explainPreflight, type Phrase, say, type Words } from "../../src/explain.ts";
import { judge } from "../../src/judge.ts";
import { messageKeys } from "../../src/message-keys.ts";
import { stations } from "../../src/messages.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { referenceFor } from "../../src/references.ts";
import { A, B, RECORDED, Tape } from "./tapes.ts";

const english: Readonly<Record<string, { readonly message: string }>> = JSON.parse(
  readFileSync("extension/_locales/en/messages.json", "utf8"),
);
const words: Words = (key, params = []) =>
  (english[key]?.message ?? `no ${key}`).replace(/\$([1-9])/g, (_, place) => params[Number(place) - 1] ?? "");

const known = new Set(messageKeys());

function exchangeOf(tape: Tape, engine: Engine = "chromium"): Exchange {
  const [exchange] = tape.events.reduce(step, emptyLog(engine)).exchanges;
  if (exchange === undefined) throw new Error("no exchange");
  return exchange;
}

function blockedGet(headers: Record<string, string>, sent: Record<string, string> = {}): Exchange {
  const url = `${B}/x`;
  return exchangeOf(new Tape().begin("1", "GET", url).send("1", "GET", url, sent).head("1", "GET", url, 200, headers).fail("1", "GET", url, "net::ERR_FAILED"));
}

function sentenceOf(exchange: Exchange): string {
  return say(words, explain(judge(exchange, "chromium"), exchange).sentence);
}

test("a missing header is named with the server and the page", () => {
  expect(sentenceOf(blockedGet({}))).toBe(
    `The response from api.example has no Access-Control-Allow-Origin header. Without it, the browser doesn’t let pages from ${A} read anything from that server.`,
  );
});

test("a near miss says how it misses", () => {
  const exchange = blockedGet({ "Access-Control-Allow-Origin": `${A}/` });
  const [first] = explain(judge(exchange, "chromium"), exchange).failing;
  expect(first?.variant?.key).toBe("variant_trailing_slash");
  expect(first && referenceFor(first.failure.code).standard).toEqual({ name: "CORS check", step: "4", url: "https://fetch.spec.whatwg.org/#concept-cors-check" });
});

test("a header that isn't there is said to be missing, within the sentence", () => {
  const exchange = blockedGet({ "Access-Control-Allow-Origin": A }, { Cookie: "a=b" });
  expect(sentenceOf(exchange)).toContain("; here it is missing.");
});

test.each<[string, Tape, Phrase | null]>([
  ["method and header", new Tape().begin("1", "PUT", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a,x-b" }), { key: "preflight_because", params: ["PUT, x-a, x-b"] }],
  ["a safelisted method", new Tape().begin("1", "GET", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-a" }), { key: "preflight_because", params: ["x-a"] }],
  ["nothing that headers show", new Tape().begin("1", "POST", B).begin("2", "OPTIONS", B).send("2", "OPTIONS", B, { "Access-Control-Request-Method": "POST" }), { key: "preflight_because_unseen", params: [] }],
  ["no preflight", new Tape().begin("1", "PUT", B).send("1", "PUT", B), null],
])("why a browser preflights: %s", (_, tape, wanted) => {
  expect(explainPreflight(exchangeOf(tape), 0, () => false)).toEqual(wanted);
});

test("a long value is cut in the sentence, and a hostile one is no placeholder", () => {
  const sentence = sentenceOf(blockedGet({ "Access-Control-Allow-Origin": `$1$2${"x".repeat(5000)}` }));
  expect(sentence).toContain("$1$2xxx");
  expect(sentence.length).toBeLessThan(400);
});

test("what is in flight or not seen is not explained away", () => {
  const url = `${B}/x`;
  expect(sentenceOf(exchangeOf(new Tape().begin("1", "GET", url).send("1", "GET", url)))).toContain("not over yet");
  const lost = { ...exchangeOf(new Tape().begin("1", "GET", url).fail("1", "GET", url, "net::ERR_FAILED")), interrupted: true };
  expect(sentenceOf(lost)).toContain("were not seen");
});

describe.each(RECORDED.map((recorded) => [`${recorded.engine}: ${recorded.name}`, recorded] as const))("%s", (_, { engine, events }) => {
  const exchanges = events.reduce(step, emptyLog(engine)).exchanges;
  test("has words for all that is said of it", () => {
    for (const exchange of exchanges) {
      const verdict = judge(exchange, engine);
      const { title, sentence, failing, alternatives, evidence } = explain(verdict, exchange);
      const phrases = [
        title,
        sentence,
        ...failing.flatMap((one) => [one.title, one.sentence, ...(one.variant === null ? [] : [one.variant])]),
        ...alternatives.map(({ condition }) => condition),
        ...evidence,
        explainOtherEngine(verdict, engine),
      ];
      expect(phrases.flatMap(keysOf).filter((key) => !known.has(key))).toEqual([]);
      expect(phrases.map((phrase) => say(words, phrase)).filter((text) => /\$[1-9]|no [a-z]+_|\(\)/.test(text))).toEqual([]);
    }
  });
  test("marks every failing check on one of its messages", () => {
    for (const exchange of exchanges) {
      const verdict = judge(exchange, engine);
      expect(stations(exchange, verdict, engine, []).flatMap(({ failing }) => failing)).toHaveLength(verdict.failing.length);
    }
  });
});

test("differences are what is left between common ends", () => {
  expect(difference(`${A}/`, A)).toEqual({
    actual: [{ text: A, differs: false }, { text: "/", differs: true }],
    expected: [{ text: A, differs: false }],
  });
  expect(difference("http://a.example", "https://a.example").expected).toEqual([
    { text: "http", differs: false },
    { text: "s", differs: true },
    { text: "://a.example", differs: false },
  ]);
  expect(difference("aa", "aaa").expected.map(({ text }) => text).join("")).toBe("aaa");
  expect(difference("", A)).toEqual({ actual: [], expected: [{ text: A, differs: true }] });
});

test("a list is not compared letter by letter with what it lacks", () => {
  const url = `${B}/x`;
  const asked = { "Access-Control-Request-Method": "PUT" };
  const answer = { "Access-Control-Allow-Origin": A, "Access-Control-Allow-Methods": "GET, POST" };
  const exchange = exchangeOf(
    new Tape().begin("1", "PUT", url).begin("2", "OPTIONS", url).send("2", "OPTIONS", url, asked).head("2", "OPTIONS", url, 204, answer).done("2", "OPTIONS", url).fail("1", "PUT", url, "net::ERR_FAILED"),
  );
  const [failure] = judge(exchange, "chromium").failing;
  expect(failure && compare(failure)).toEqual({
    relation: "include",
    actual: [{ text: "GET, POST", differs: false }],
    expected: [{ text: "PUT", differs: true }],
  });
  expect(stations(exchange, judge(exchange, "chromium"), "chromium", []).map(({ kind, absent }) => [kind, absent])).toEqual([
    ["preflight", null],
    ["request", "not-sent"],
  ]);
});

test("a header that lacks is a line of its own", () => {
  const exchange = blockedGet({ Server: "x" });
  const [station] = stations(exchange, judge(exchange, "chromium"), "chromium", []);
  expect(station?.responseHeaders).toEqual([
    { name: "Server", value: "x", atFault: false },
    { name: "Access-Control-Allow-Origin", value: null, atFault: true },
  ]);
});

function keysOf({ key, params }: Phrase): string[] {
  return [key, ...params.flatMap((param) => (typeof param === "string" ? [] : keysOf(param)))];
}
