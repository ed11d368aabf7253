import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** What we wrote, and nothing that is built or installed: path and code, without comments and texts. */
const FILES = new Map(
  ["src", "extension", "test", "cli"].flatMap(listed).map((path) => {
    const text = readFileSync(path, "utf8");
    return [path, { imports: importsOf(path, text), code: withoutTexts(text) }] as const;
  }),
);

interface Import {
  /** A file of ours, or the name of a package. */
  readonly target: string;
  /** Types only: nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path)).map((path) => `${folder}/${path}`);
  } catch {
    return [];
  }
}

function importsOf(path: string, text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:([^"';]*?)\sfrom\s+)?"([^"]+)"/gm);
  return [...statements].map(([, type, names = "", target = ""]) => {
    const each = /^\{(.*)\}$/s.exec(names.trim())?.[1]?.split(",").map((name) => name.trim()).filter((name) => name !== "") ?? [];
    return {
      target: target.startsWith(".") ? posix.join(dirname(path), target) : target,
      typeOnly: type !== undefined || (each.length > 0 && each.every((name) => name.startsWith("type "))),
    };
  });
}

function withoutTexts(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\\n])*`/g, "");
}

function inside(...folders: string[]): string[] {
  return [...FILES.keys()].filter((path) => folders.some((folder) => path.startsWith(folder)));
}

/** The imports of some files that are not as they should be, as `from → to`. */
function wrong(paths: readonly string[], isWrong: (to: Import, from: string) => boolean): string[] {
  return paths.flatMap((from) => (FILES.get(from)?.imports ?? []).filter((to) => isWrong(to, from)).map(({ target }) => `${from} → ${target}`));
}

/** All that is loaded at run time with a file. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { target, typeOnly } of FILES.get(path)?.imports ?? []) if (!typeOnly) loadedWith(target, seen);
  return seen;
}

const SRC = inside("src/");
const EXTENSION = inside("extension/");
const PANEL = inside("extension/panel/");
/** All but this file, which has to name what it forbids. */
const OTHERS = [...FILES.keys()].filter((path) => path !== "test/unit/structure.test.ts");

test("the files are found, and their imports", () => {
  expect([...FILES.keys()]).toEqual(expect.arrayContaining(["src/fetch/cors-check.ts", "extension/background.ts", "extension/panel/main.tsx", "test/unit/structure.test.ts"]));
  expect(FILES.get("src/fetch/cors-check.ts")?.imports).toEqual([{ target: "src/model.ts", typeOnly: true }, { target: "src/fetch/headers.ts", typeOnly: false }]);
  expect(loadedWith("extension/background.ts")).toContain("src/fetch/cors-check.ts");
  expect(loadedWith("extension/panel/main.tsx")).toContain("webextension-polyfill");
});

describe("who imports what", () => {
  test("what is imported is there", () => {
    expect(wrong([...FILES.keys()], ({ target }) => target.includes("/") && /^(src|extension|test|cli)\//.test(target) && !FILES.has(target) && !target.endsWith(".json"))).toEqual([]);
  });

  test("src: only src", () => {
    expect(wrong(SRC, ({ target }) => !target.startsWith("src/"))).toEqual([]);
  });

  test("src/fetch: only src/model.ts and src/fetch", () => {
    expect(wrong(inside("src/fetch/"), ({ target }) => target !== "src/model.ts" && !target.startsWith("src/fetch/"))).toEqual([]);
  });

  test("extension: src, itself, and two packages", () => {
    expect(wrong(EXTENSION, ({ target }) => !/^(src|extension)\/|^(preact(\/.*)?|webextension-polyfill)$/.test(target))).toEqual([]);
  });

  test("cli: src, itself, Node's own, and texts; but for what stands in for a browser in judge.js", () => {
    const OURS = /^(src|cli)\/|^node:|^extension\/_locales\/(en|ko)\/messages\.json$|^package\.json$/;
    expect(wrong(inside("cli/"), ({ target }, from) => !OURS.test(target) && !(from.startsWith("cli/bare/") && /^(core-js|whatwg-url)\//.test(target)))).toEqual([]);
    expect(wrong(SRC.concat(EXTENSION), ({ target }) => target.startsWith("cli/"))).toEqual([]);
  });

  test("what goes to npm as a module loads nothing of Node, nor what is only for judge.js", () => {
    expect([...loadedWith("cli/index.ts")].filter((path) => /^node:|^cli\/bare\//.test(path))).toEqual([]);
  });

  test("nothing outside the panel imports it, and the worker loads nothing of it", () => {
    expect(wrong(EXTENSION.filter((path) => !PANEL.includes(path)), ({ target }) => target.startsWith("extension/panel/"))).toEqual([]);
    expect([...loadedWith("extension/background.ts")].filter((path) => /^extension\/panel\/|^preact/.test(path))).toEqual([]);
  });

  test("the panel imports nothing of the worker's, nor loads it", () => {
    const WORKER = /^extension\/(background|webrequest|session|port|net-event)\.ts$/;
    expect(wrong(PANEL, ({ target }) => WORKER.test(target))).toEqual([]);
    expect(PANEL.flatMap((path) => [...loadedWith(path)]).filter((path) => WORKER.test(path))).toEqual([]);
  });

  test("what the panel begins with has nothing of what it loads later", () => {
    const LATER = /^src\/(commands|report|learn\/chapters|references|remedy|message-keys)|^extension\/panel\/(commands|context-menu|detail|exporting|try-it)\./;
    expect([...loadedWith("extension/panel/main.tsx")].filter((path) => LATER.test(path))).toEqual([]);
  });

  test("Preact: only the panel", () => {
    expect(wrong([...FILES.keys()], ({ target }, from) => target.startsWith("preact") && !PANEL.includes(from))).toEqual([]);
  });

  test("webextension-polyfill: only extension/browser.ts, but for its types", () => {
    expect(wrong([...FILES.keys()], ({ target, typeOnly }, from) => target === "webextension-polyfill" && !typeOnly && from !== "extension/browser.ts")).toEqual([]);
  });

  test("imported while running: parts of pages, by addresses of our own", () => {
    const importing = [...SRC, ...EXTENSION].filter((path) => /\bimport\(|\brequire\(/.test(FILES.get(path)?.code ?? ""));
    expect(importing).toEqual(["extension/har-writing.ts", "extension/panel/parts.ts"]);
    expect(importing.flatMap((path) => readFileSync(path, "utf8").match(/\bimport\((?!"\.)[^)]*/g) ?? [])).toEqual([]);
  });
});

/** Where a word occurs in code, as `file: word`. */
function occurrences(paths: readonly string[], word: RegExp): string[] {
  return paths.flatMap((path) => [...(FILES.get(path)?.code.matchAll(word) ?? [])].map(([found]) => `${path}: ${found.trim()}`));
}

describe("what does not occur", () => {
  test("in src: a browser, a page, a clock, waiting, chance", () => {
    expect(occurrences(SRC, /\b(browser|chrome|window|document|globalThis|navigator|console|Date\.now|performance|setTimeout|setInterval|await|async|Promise|Math\.random)\b|\bnew Date\(\)|\bfetch\(/g)).toEqual([]);
  });

  test("in src and extension: URL.canParse, which misreads what isn't ASCII in Node 20", () => {
    expect(occurrences([...SRC, ...EXTENSION], /\bURL\.canParse\b/g)).toEqual([]);
  });

  test("in src: state of a module", () => {
    expect(occurrences(SRC, /^(export )?(let|var)\b/gm)).toEqual([]);
  });

  test("in extension, outside browser.ts: chrome", () => {
    expect(occurrences(EXTENSION, /\bchrome\b/g)).toEqual([]);
  });

  test("in extension: text that becomes markup or script", () => {
    const SINKS = /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|srcdoc|setHTMLUnsafe|parseHTMLUnsafe|document\.write|DOMParser|eval|Function)\b(?=\s*[=:({])/g;
    expect(occurrences(EXTENSION, SINKS).filter((found) => !found.startsWith("extension/devtools.ts: eval"))).toEqual([]);
  });

  test("in extension: what also scrolls DevTools, around the panel", () => {
    expect(occurrences(EXTENSION, /\.(scrollIntoView(IfNeeded)?)\b/g)).toEqual([]);
  });

  test("anywhere: any, and types that are forced", () => {
    expect(occurrences(OTHERS, /\bany\b(?!\()/g)).toEqual([]);
    expect(occurrences([...SRC, ...EXTENSION], /\bas unknown as\b/g)).toEqual([]);
    expect(OTHERS.filter((path) => /@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(readFileSync(path, "utf8")))).toEqual([]);
  });

  test("names that say nothing", () => {
    const EMPTY = /\b(utils?|helpers?|common|misc|\w*manager|\w*(Helper|Util)s?)\b/gi;
    expect([...FILES.keys()].filter((path) => new RegExp(EMPTY).test(path))).toEqual([]);
    expect(occurrences([...SRC, ...EXTENSION], EMPTY)).toEqual([]);
  });
});

test("each file of tests is run by one project, once", () => {
  const listing: { file: string }[] = JSON.parse(execFileSync(process.execPath, ["node_modules/vitest/vitest.mjs", "list", "--filesOnly", "--json"], { encoding: "utf8" }));
  const run = listing.map(({ file }) => relative(".", file)).sort();
  expect(run).toEqual(listed("test").filter((path) => path.endsWith(".test.ts")).sort());
});
