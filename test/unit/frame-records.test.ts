import { describe, expect, test } from "vitest";
import { recordsOf } from "../../extension/frame-records.ts";

const call = { api: "fetch", url: "https://b.example/", method: "GET", time: 1, mode: "cors", credentials: "include", redirect: "follow", violatesPolicy: false, callSite: "https://a.example/:1:1" };
const timing = { name: "https://b.example/", startedTime: 1, endedTime: 2, responseStatus: 200 };
const NOTHING = { timings: [], calls: [], origin: "null" };

describe("what a frame says, taken", () => {
  test.each([
    [call],
    [{ ...call, api: "xhr", mode: null, credentials: null, redirect: null, callSite: null, violatesPolicy: true }],
    [{ ...call, api: "element", mode: "no-cors", credentials: "omit", redirect: "manual" }],
  ])("%j", (said) => {
    expect(recordsOf({ timings: [timing], calls: [said], origin: "https://a.example" })).toEqual({ timings: [timing], calls: [said], origin: "https://a.example" });
  });
});

describe("what a frame says, refused", () => {
  const without = (whole: object, field: string): object => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));

  test.each([
    ["a call", call, "calls"],
    ["a timing", timing, "timings"],
  ] as const)("%s without one of its fields, or with something else in it", (_name, whole, list) => {
    const broken = Object.keys(whole).flatMap((field) => [without(whole, field), { ...whole, [field]: {} }, { ...whole, [field]: undefined }]);
    expect(broken.map((each) => recordsOf({ ...NOTHING, [list]: [each] }))).toEqual(broken.map(() => NOTHING));
    expect(recordsOf({ ...NOTHING, [list]: [...broken, whole] })[list]).toEqual([whole]);
  });

  test.each([
    [{ ...call, api: "constructor" }],
    [{ ...call, mode: "navigate" }],
    [{ ...call, credentials: "toString" }],
    [{ ...call, redirect: "" }],
    [null],
    ["fetch"],
    [[call]],
  ])("a call %j", (said) => {
    expect(recordsOf({ timings: [], calls: [said], origin: "https://a.example" })).toEqual({ timings: [], calls: [], origin: "https://a.example" });
  });

  test.each([[undefined], [null], ["x"], [[]], [{}], [{ timings: timing, calls: call, origin: 1 }], [{ timings: { 0: timing, length: 1 }, calls: null, origin: null }]])("all of %j", (said) => {
    expect(recordsOf(said)).toEqual(NOTHING);
  });
});
