import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { CLI, run } from "./command.ts";
import { API, entry, FOUR, har, PAGE, UNTOLD } from "./hars.ts";

const BLOCKED = JSON.stringify(FOUR);
const MAYBE = JSON.stringify(UNTOLD);
const PASSED = JSON.stringify(har([entry({ got: { "Access-Control-Allow-Origin": PAGE } })]));

test("text: what, where, why, and what fixes it", () => {
  const { status, out, err } = run(["a.har"], { files: { "a.har": BLOCKED } });
  expect(status).toBe(1);
  expect(err).toBe("");
  expect(out).toContain("a.har: 2 blocked of 3");
  expect(out).toContain(`✗ No Access-Control-Allow-Origin  MissingAllowOriginHeader\n  GET ${API}/blocked?token=redacted  log.entries[0]\n  response, Access-Control-Allow-Origin\n    The server sent       (no such header)\n    The browser expected  ${PAGE}\n`);
  expect(out).toContain(`        Access-Control-Allow-Origin: ${PAGE}\n`);
  expect(out).toContain("log.entries[4], log.entries[3]");
  expect(out).not.toContain("/passed");
  expect(out).not.toMatch(/SECRET|\u001b/);
});

test.each([
  ["blocked", [], 1, 0, 0],
  ["maybe", ["--fail-on", "maybe"], 1, 1, 0],
  ["never", ["--fail-on=never"], 0, 0, 0],
])("exit status, failing on %s", (_, args, blocked, maybe, passed) => {
  expect([BLOCKED, MAYBE, PASSED].map((input) => run([...args, "-"], { input }).status)).toEqual([blocked, maybe, passed]);
});

test("standard input, without a file too; in Korean by the environment, or as asked", () => {
  expect(run([], { input: BLOCKED }).out).toContain("<stdin>: 2 blocked of 3");
  expect(run([], { input: BLOCKED, env: { LANG: "ko_KR.UTF-8" } }).out).toContain("3건 중 2건 차단");
  expect(run(["--lang", "en"], { input: BLOCKED, env: { LC_ALL: "ko_KR.UTF-8" } }).out).toContain("2 blocked of 3");
});

test("all: also what passed", () => {
  expect(run(["--all"], { input: BLOCKED }).out).toContain(`GET ${API}/passed`);
});

test("what the file lacks is said", () => {
  const { out } = run([], { input: MAYBE });
  expect(out).toContain("0 blocked, 1 maybe, of 1");
  expect(out).toContain("The file has no answer of the server");
});

test("no terminal is turned into something else by what a file says", () => {
  const fields = [entry({ got: { "Access-Control-Allow-Origin": "\u001b[2J\u202Ex\u3164" }, error: "net::ERR_FAILED" }), entry({ method: "\u001b[31mGET", status: 0, error: "net::\u001b[32mERR" })];
  const { out, err } = run(["--all", "\u001b[33m.har", "\u001b[34mnone.har"], { files: { "\u001b[33m.har": JSON.stringify(har(fields)) } });
  for (const seen of ["⟨U+001B⟩[2J⟨U+202E⟩x⟨U+3164⟩", "⟨U+001B⟩[31mGET", "net::⟨U+001B⟩[32mERR", "⟨U+001B⟩[33m.har"]) expect(out).toContain(seen);
  expect(err).toBe("cors-explainer: ⟨U+001B⟩[34mnone.har: no such file\n");
  expect(out + run(["--format", "\u001b[35m"]).err).not.toMatch(/[\u001b\u202e\u3164]/);
});

test("lines that every request needs stand before those that only some do", () => {
  for (const format of ["text", "markdown"]) {
    expect(run(["--format", format], { input: BLOCKED }).out).toMatch(/OPTIONS https:.*\s+(```http\s+)?Access-Control-Allow-Methods: PUT\s+(```\s+)?If it is made with credentials/);
  }
});

test("what the panel says of a fix: a field that comes twice, a null origin, the page before the server", () => {
  const twice = entry({ got: { "Access-Control-Allow-Origin": `${PAGE}, ${PAGE}` }, error: "net::ERR_FAILED" });
  expect(run([], { input: JSON.stringify(har([twice])) }).out).toContain("It comes twice, so two layers add it");
  const nobody = entry({ sent: { Origin: "null" }, error: "net::ERR_FAILED" });
  expect(run([], { input: JSON.stringify(har([nobody])) }).out).toContain("The browser sends “Origin: null” there");
  const patch = [
    entry({ method: "patch", url: `${API}/patch`, status: 0, error: "net::ERR_FAILED" }),
    entry({ method: "OPTIONS", url: `${API}/patch`, status: 204, got: { "Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "PATCH" }, sent: { "Access-Control-Request-Method": "patch" }, type: "preflight" }),
  ];
  expect(run([], { input: JSON.stringify(har(patch)) }).out).toMatch(/What fixes it\n    On the page:\n    .*PATCH.*\n    Or the server answers with these lines/);
});

/** Nothing of them may be in anything that is printed. */
const PLANTED = /hunter2pass|SECRETSECRET/;
const WITH_SECRETS = `https://user:hunter2pass@app.example/?token=SECRETSECRET`;

test.each(["text", "json", "markdown", "sarif", "junit"])("no secret is in %s, wherever it stood", (format) => {
  const entries = [
    entry({ got: { "Access-Control-Allow-Origin": WITH_SECRETS }, error: "net::ERR_FAILED" }),
    entry({ url: `${API}/moved`, status: 302, got: { Location: WITH_SECRETS, "Access-Control-Allow-Origin": PAGE }, error: "net::ERR_FAILED", at: 1 }),
    entry({ method: "PUT", url: `${API}/put`, status: 0, error: "net::ERR_FAILED", at: 3 }),
    entry({ method: "OPTIONS", url: `${API}/put`, status: 307, got: { Location: WITH_SECRETS, "Access-Control-Allow-Origin": WITH_SECRETS }, sent: { "Access-Control-Request-Method": "PUT" }, type: "preflight", at: 3 }),
  ];
  const { out, err, status } = run(["--format", format, "--all", "--fail-on", "maybe"], { input: JSON.stringify(har(entries)) });
  expect([status, err]).toEqual([1, ""]);
  expect(out).toContain("redacted@app.example");
  expect(out).not.toMatch(PLANTED);
});

test.each<[string, string, string]>([
  ["not JSON", "{\n  log: 1 }", "line 2, column 3: not JSON"],
  ["nothing", "", "line 1, column 1: not JSON, found nothing"],
  ["no HAR", "{}", "log: not a HAR, found nothing"],
  ["a part of a wrong type", JSON.stringify(har([{ ...entry({}), request: { method: "GET", url: 5 } }])), "log.entries[0].request.url: has to be text, found a number"],
  ["a text where none belongs", JSON.stringify(har([{ ...entry({}), request: "Bearer hunter2" }])), "log.entries[0].request: has to be an object, found a text of 14 characters"],
  ["a long one", JSON.stringify(har([{ ...entry({}), request: "hunter2".repeat(9) }])), "log.entries[0].request: has to be an object, found a text of 40 characters or more"],
])("a broken file, %s: its name and the place; the others are reported", (_, text, problem) => {
  const { status, out, err } = run(["broken.har", "good.har"], { files: { "broken.har": text, "good.har": BLOCKED } });
  expect(status).toBe(2);
  expect(err).toBe(`cors-explainer: broken.har: ${problem}\n`);
  expect(out).toContain(`broken.har: ${problem}`);
  expect(out).toContain("good.har: 2 blocked of 3");
});

test("a file that isn't there, and a folder", () => {
  const { status, err } = run(["nowhere.har", "."]);
  expect(status).toBe(2);
  expect(err).toBe("cors-explainer: nowhere.har: no such file\ncors-explainer: .: a folder, not a file\n");
});

test("UTF-8 with a mark, and UTF-16 as PowerShell writes it", () => {
  expect(run(["a.har"], { files: { "a.har": `\ufeff${BLOCKED}` } }).out).toContain("2 blocked of 3");
  const utf16 = Buffer.from(`\ufeff${BLOCKED}`, "utf16le");
  expect(run(["a.har"], { files: { "a.har": utf16 } }).out).toContain("2 blocked of 3");
  expect(run([], { input: utf16 }).out).toContain("2 blocked of 3");
});

test("what gzip compressed, by whatever name; whole or broken", () => {
  const packed = gzipSync(BLOCKED);
  expect(run(["a.har.gz"], { files: { "a.har.gz": packed } }).out).toContain("a.har.gz: 2 blocked of 3");
  expect(run(["-"], { input: gzipSync(Buffer.from(`\ufeff${BLOCKED}`, "utf16le")) }).out).toContain("2 blocked of 3");
  expect(run(["a.har", "b.har"], { files: { "a.har": packed.subarray(0, -20), "b.har": Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7) } })).toMatchObject({
    status: 2,
    err: "cors-explainer: a.har: gzip: ends too early\ncors-explainer: b.har: gzip: broken\n",
  });
});

test("standard input: once only", () => {
  expect(run(["-", "-"], { input: BLOCKED })).toMatchObject({ status: 2, out: "", err: "cors-explainer: - can be read only once\nTry cors-explainer --help\n" });
});

/** The command, where whoever reads one of its outputs has gone. */
async function unread(output: "stdout" | "stderr", args: readonly string[], input: string): Promise<{ readonly status: number | null; readonly rest: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: "pipe" });
  const rest: string[] = [];
  child[output].destroy();
  child[output === "stdout" ? "stderr" : "stdout"].on("data", (part) => rest.push(String(part)));
  child.stdin.end(input);
  await once(child, "close");
  return { status: child.exitCode, rest: rest.join("") };
}

describe("what can't be written", () => {
  test("is no matter where nobody reads on", async () => {
    expect(await unread("stdout", [], BLOCKED)).toEqual({ status: 1, rest: "" });
  });

  test("is a failure where errors can't be told", async () => {
    expect((await unread("stderr", ["nowhere.har", "nowhere.har"], "")).status).toBe(2);
  });

  test.skipIf(!existsSync("/dev/full"))("is told, without a stack, where the disk is full", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [CLI], { input: PASSED, stdio: ["pipe", full, "pipe"], encoding: "utf8" });
    closeSync(full);
    expect([status, stderr]).toEqual([2, "cors-explainer: ENOSPC: no space left on device, write\n"]);
  });
});

test.skipIf(process.platform === "win32")("a pipe that doesn't wait, as the program before left it", () => {
  const file = join(mkdtempSync(join(tmpdir(), "cors-explainer-")), "a.har");
  writeFileSync(file, BLOCKED);
  // A pipe is opened as one that doesn't wait; who ends in peace would set it back.
  const before = "process.stdin.on('error', () => {}); process.kill(process.pid, 'SIGKILL')";
  const { stdout, stderr } = spawnSync("sh", ["-c", '(sleep 1; cat "$3") | ("$1" -e "$4"; "$1" "$2") 2>&1', "sh", process.execPath, CLI, file, before], { encoding: "utf8" });
  expect(stdout + stderr).toContain("<stdin>: 2 blocked of 3");
});

test("usage", () => {
  expect(run(["--help"])).toMatchObject({ status: 0, err: "" });
  expect(run(["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run(["--format", "xml", "a.har"])).toMatchObject({ status: 2, err: "cors-explainer: --format is text, json, markdown, sarif, junit; not xml\nTry cors-explainer --help\n" });
  expect(run(["--what"]).status).toBe(2);
});

test("to a file", () => {
  const { status, out, folder } = run(["--format", "json", "--output", "report.json"], { input: BLOCKED });
  expect([status, out]).toEqual([1, ""]);
  expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({ version: 1 });
  expect(run(["--output", "no/such/folder"], { input: BLOCKED }).status).toBe(2);
});

describe("for programs", () => {
  const TRICKY = JSON.stringify(
    har([
      entry({ url: `${API}/[a](b)%7B0%7D`, error: "net::ERR_FAILED", got: { "Access-Control-Allow-Origin": "{0} [c](d) e\\f" } }),
      entry({ url: `${API}/<a>&"'\`|@someone*_\u0007`, error: "net::ERR_FAILED", got: { "Access-Control-Allow-Origin": "\u0001]]><b>`" }, at: 1 }),
    ]),
  );
  const files = { "a b.har": BLOCKED, "tricky.har": TRICKY, "broken.har": "{" };
  const names = Object.keys(files);

  test("JSON: what judgeHar gives, by file", () => {
    expect(JSON.parse(run(["--format", "json", ...names], { files }).out)).toMatchObject({
      version: 1,
      files: [{ file: "a b.har", version: 1, source: { tool: "WebInspector" }, counts: { blocked: 2 }, exchanges: [{ code: "allow-origin-missing", entries: [0] }, {}] }, { file: "tricky.har" }, { file: "broken.har", problem: "line 1, column 2: not JSON" }],
    });
  });

  test("SARIF: rules with links, results with places", () => {
    const { version, runs } = JSON.parse(run(["--format", "sarif", ...names], { files }).out);
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.rules[0]).toMatchObject({ id: "allow-origin-missing", helpUri: "https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors/CORSMissingAllowOrigin" });
    expect(runs[0].results[0]).toMatchObject({
      ruleId: "allow-origin-missing",
      ruleIndex: 0,
      level: "error",
      locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b.har" } }, logicalLocations: [{ fullyQualifiedName: "log.entries[0]" }] }],
    });
    expect(runs[0].invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ level: "error" }] });
    // §3.11.5: gaps, §3.11.6: links.
    expect(runs[0].results[2].message.text).toContain(`${API}/\\[a\\](b)%7B0%7D`);
    expect(runs[0].results[2].message.text).toContain("{{0}} \\[c\\](d) e\\\\f");
    expect(runs[0].results.every(({ ruleId, ruleIndex }: { ruleId: string; ruleIndex: number }) => runs[0].tool.driver.rules[ruleIndex].id === ruleId)).toBe(true);
  });

  test("JUnit: failures, errors, and nothing that XML doesn't allow", () => {
    const { out } = run(["--format", "junit", ...names], { files });
    expect(out).toContain('<testsuite name="a b.har" tests="2" failures="2" errors="0" skipped="0">');
    expect(out).toContain('<testsuite name="broken.har" tests="1" failures="0" errors="1" skipped="0">');
    expect(out).toContain("/&lt;a&gt;&amp;&quot;");
    expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|<b>|SECRET/);
    expect(out.match(/<(\w+)[^>]*[^/]>/g)?.length).toBe(out.match(/<\/\w+>/g)?.length);
  });

  test("JUnit: what isn't failed for is skipped, and nothing to report passes", () => {
    expect(run(["--format", "junit"], { input: MAYBE }).out).toContain('failures="0" errors="0" skipped="1"');
    expect(run(["--format", "junit"], { input: PASSED }).out).toContain('tests="1" failures="0" errors="0" skipped="0"');
  });

  test("Markdown: a document for each file, with what it lacks", () => {
    const { out } = run(["--format", "markdown", ...names, "untold.har"], { files: { ...files, "untold.har": MAYBE } });
    expect(out.match(/^# .*/gm)).toEqual(["# `a b.har`", "# `tricky.har`", "# `broken.har`", "# `untold.har`"]);
    expect(out).toContain("- **Requests:** 2 blocked of 3\n");
    expect(out).toContain("> ⚠ line 1, column 2: not JSON\n");
    expect(out).toContain("### What the file doesn’t tell\n\n- The file has no answer of the server");
    expect(out).not.toContain("SECRET");
  });

  test("Markdown: what a file says is no mark-up, no link, and may be long", () => {
    const evil = [
      entry({ error: "net::ERR_FAILED", got: { "Access-Control-Allow-Origin": "www.evil.example https://evil.example @someone <b> [a](https://evil.example)" } }),
      entry({ url: `${API}/long`, error: "net::ERR_FAILED", got: { "Access-Control-Allow-Origin": "` ".repeat(130_000) }, at: 1 }),
    ];
    const { out, err } = run(["--format", "markdown", "https://evil.example.har"], { files: {} });
    expect(err).toContain("no such file");
    const hostile = run(["--format", "markdown"], { input: JSON.stringify(har(evil)) });
    expect(hostile.err).toBe("");
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(out + hostile.out, {}).flatMap(({ children }) => children ?? []);
    const addresses = tokens.filter(({ type }) => type === "link_open").map((token) => String(token.attrGet("href")));
    expect(addresses.filter((address) => !/^https:\/\/(fetch\.spec\.whatwg\.org|developer\.mozilla\.org)\//.test(address))).toEqual([]);
    expect(tokens.filter(({ type }) => type === "html_inline")).toEqual([]);
  });
});
