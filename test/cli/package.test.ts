import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FOUR } from "./hars.ts";

const folder = mkdtempSync(join(tmpdir(), "cors-explainer-package-"));

function npm(...args: readonly string[]): string {
  return execFileSync("npm", [...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
}

beforeAll(() => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(join(folder, "a.har"), JSON.stringify(FOUR));
  const packed: unknown = JSON.parse(npm("pack", resolve("dist/npm"), "--json"));
  const name = /"filename":"([^"]+)"/.exec(JSON.stringify(packed))?.[1] ?? "";
  npm("install", "--offline", "--no-audit", "--no-fund", `./${name}`);
}, 60_000);

test("npx cors-explainer", () => {
  expect(npm("exec", "--", "cors-explainer", "--fail-on", "never", "a.har")).toContain("a.har: 2 blocked of 3");
});

test("import { judgeHar } from \"cors-explainer\"", () => {
  writeFileSync(join(folder, "use.js"), `import { readFileSync } from "node:fs"; import { HarError, judgeEntry, judgeHar } from "cors-explainer"; const har = JSON.parse(readFileSync("a.har", "utf8")); console.log(judgeHar(har).counts.blocked, judgeEntry(har.log.entries[0], { creator: "WebInspector" }).code, typeof HarError);`);
  expect(execFileSync(process.execPath, ["use.js"], { cwd: folder, encoding: "utf8" })).toBe("2 allow-origin-missing function\n");
});

test("the README's script over a folder of HARs: what is broken is said, the others are judged", () => {
  const [, script = ""] = /```js\n(\/\/ judge-folder\.mjs[^]*?)```/.exec(readFileSync("README.md", "utf8")) ?? [];
  writeFileSync(join(folder, "judge-folder.mjs"), script);
  writeFileSync(join(folder, "broken.har"), "{}");
  const { stdout, stderr } = spawnSync(process.execPath, ["judge-folder.mjs", "."], { cwd: folder, encoding: "utf8" });
  expect(stdout.trim().split("\n").map((line) => JSON.parse(line))).toMatchObject([{ name: "a.har", code: "allow-origin-missing" }, { name: "a.har", code: "method-not-allowed" }]);
  expect(stderr).toBe("broken.har: log: not a HAR, found nothing\n");
});

test("its types, in a strict program, by both ways in which modules are found", () => {
  writeFileSync(join(folder, "use.ts"), `import { type HarJudgement, judgeHar, type JudgedExchange } from "cors-explainer";\nconst judged: HarJudgement = judgeHar({}, { language: "ko", all: true });\nexport const first: JudgedExchange | undefined = judged.exchanges[0];\nexport const code: string | null | undefined = first?.code;\n// what isn't there\nexport const wrong: number = judged.version satisfies 1;\n`);
  for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const args = ["--noEmit", "--strict", "--target", "es2022", "--types", "", "--ignoreConfig", "--module", `${module}`, "--moduleResolution", `${resolution}`, "use.ts"];
    expect(execFileSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), ...args], { cwd: folder, encoding: "utf8" })).toBe("");
  }
});

test("the module needs neither Node nor an extension", () => {
  const text = readFileSync("dist/npm/index.js", "utf8");
  expect(text).not.toMatch(/^import |\brequire\(|\bprocess\.|\bchrome\.|from "node:/m);
});
