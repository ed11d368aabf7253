/**
 * `npm run bench -- --cli [--runs N]`: the command on a HAR of 100 MB against JSON.parse of the same file, each a process
 * of its own, in turn. Requests that were blocked stand among others that passed, with bodies. Ratios are of the processor's time: others may use the machine too.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { API, entry, har, PAGE } from "./hars.ts";

const { values } = parseArgs({ options: { cli: { type: "boolean" }, runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);
const MEGABYTES = 100;
/** At most: what the command may take of the time that JSON.parse alone takes. */
const WANTED = 1.5;

/** One row: who is blocked among how many, and how long bodies are. */
const FILES = [
  { name: "one in 20 blocked, bodies of 30 kB", blockedEach: 20, body: 30_000 },
  { name: "two of three blocked, bodies of 60 kB", blockedEach: 1.5, body: 60_000 },
] as const;

const PARSE = `import { readFileSync } from "node:fs"; JSON.parse(readFileSync(process.argv[1], "utf8"));`;
const USED = `process.on("exit", () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write("used " + (userCPUTime + systemCPUTime) / 1000 + " " + maxRSS); });`;

/** What browsers and servers add to all of them. */
const SENT = { Accept: "*/*", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en", Connection: "keep-alive", Referer: `${PAGE}/`, "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "sec-ch-ua": '"Chromium";v="140"', "sec-ch-ua-mobile": "?0", "sec-ch-ua-platform": '"Linux"' };
const GOT = { "Content-Type": "application/json", "Cache-Control": "no-cache", Server: "nginx", Date: "Thu, 01 Jan 2026 00:00:00 GMT", Connection: "keep-alive", Vary: "Origin", "X-Request-Id": "f3c1", "Strict-Transport-Security": "max-age=63072000" };

mkdirSync("out", { recursive: true });
writeFileSync("out/used.mjs", USED);
for (const { name, blockedEach, body } of FILES) {
  const file = written(blockedEach, body);
  const parse: Cost[] = [];
  const cli: Cost[] = [];
  for (let run = 0; run < runs; run++) {
    parse.push(cost(["--input-type=module", "--eval", PARSE, file]));
    cli.push(cost(["dist/npm/cli.js", "--fail-on", "never", file]));
  }
  const ratio = median(cli, "time") / median(parse, "time");
  console.log(`${name}: JSON.parse ${median(parse, "time").toFixed(0)} ms, ${(median(parse, "memory") / 1024).toFixed(0)} MB; cors-explainer ${median(cli, "time").toFixed(0)} ms, ${(median(cli, "memory") / 1024).toFixed(0)} MB; ratio ${ratio.toFixed(2)}, wanted < ${WANTED}`);
}

interface Cost {
  /** Milliseconds of the processor's time. */
  readonly time: number;
  /** Kilobytes at most. */
  readonly memory: number;
}

function cost(args: readonly string[]): Cost {
  const { stderr, status } = spawnSync(process.execPath, ["--import", "./out/used.mjs", ...args], { encoding: "utf8", maxBuffer: 1e9 });
  const [, time, memory] = /used ([\d.]+) (\d+)/.exec(stderr) ?? [];
  if (status !== 0 || time === undefined) throw new Error(stderr);
  return { time: Number(time), memory: Number(memory) };
}

function median(costs: readonly Cost[], of: keyof Cost): number {
  return costs.map((each) => each[of]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? NaN;
}

function written(blockedEach: number, body: number): string {
  const file = "out/bench.har";
  const out = openSync(file, "w");
  const [head = "", tail = ""] = JSON.stringify(har([{}])).split("{}");
  writeSync(out, head);
  for (let index = 0, size = 0; size < MEGABYTES * 1e6; index++) {
    const isBlocked = Math.floor(index / blockedEach) !== Math.floor((index - 1) / blockedEach);
    const own = index % 3 === 0;
    const made = entry({
      url: `${own && !isBlocked ? PAGE : API}/v1/things/${index}?page=${index % 7}`,
      got: { ...GOT, ETag: `"${index}"`, ...(isBlocked ? (index % 2 === 0 ? {} : { "Access-Control-Allow-Origin": `${PAGE}/` }) : { "Access-Control-Allow-Origin": PAGE }) },
      sent: SENT,
      error: isBlocked ? "net::ERR_FAILED" : null,
      body: bodyOf(body * (0.2 + ((index * 7919) % 160) / 100)),
      at: index,
    });
    const text = `${index === 0 ? "" : ","}${JSON.stringify(made)}`;
    size += Buffer.byteLength(text);
    writeSync(out, text);
  }
  writeSync(out, tail);
  closeSync(out);
  return file;
}

function bodyOf(length: number): string {
  return '{"id": 12345, "name": "A thing", "html": "<p class=\\"x\\">text</p>\\n"}, '.repeat(Math.ceil(length / 70));
}
