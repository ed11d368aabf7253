import { expect, test } from "vitest";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Exchange } from "../../src/model.ts";
import { countedRemovals } from "../../src/report/removals.ts";
import { B, Tape } from "./tapes.ts";

function exchangesOf(tape: Tape): readonly Exchange[] {
  return tape.events.reduce(step, emptyLog("chromium")).exchanges;
}

function told(tape: Tape): string[] {
  return countedRemovals(exchangesOf(tape)).map(({ where, name, count, secret }) => `${secret ? "secret" : "other"} ${where} ${name} ${count}`);
}

test("each name once, whatever its case, secrets first", () => {
  const url = `${B}/?access_token=abc&page=1`;
  const tape = new Tape().begin("1", "GET", url).send("1", "GET", url, { Cookie: "a=1", "X-Tenant": "acme" }).head("1", "GET", url, 200, { "x-tenant": "acme", "X-TENANT": "acme", "Set-Cookie": "b=2" }).done("1", "GET", url)
    .begin("2", "GET", B).send("2", "GET", B, { cookie: "a=1", Authorization: "Bearer abcdef" }).done("2", "GET", B);
  expect(told(tape)).toEqual(["secret header Cookie 2", "secret url access_token 1", "secret header Set-Cookie 1", "secret header Authorization 1", "other header X-Tenant 3"]);
});

test("what has no name in a URL", () => {
  const url = `${B}/users/jane.doe@mail.example`;
  expect(told(new Tape().begin("1", "GET", url))).toEqual(["secret url  1"]);
});

test("nothing", () => {
  expect(told(new Tape().begin("1", "GET", B).send("1", "GET", B))).toEqual([]);
  expect(countedRemovals([])).toEqual([]);
});
