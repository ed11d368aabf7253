import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkScript } from "../../src/commands/check-script.ts";
import { CommandError, type CommandRequest } from "../../src/commands/command-request.ts";
import { commandOf, type CommandKind } from "../../src/commands/command.ts";
import { curlOptions } from "../../src/commands/curl.ts";
import { pairOf, requestOf } from "../../src/commands/request-of.ts";
import { emptyLog, step } from "../../src/correlate.ts";
import type { Engine, Exchange, Header } from "../../src/model.ts";
import { hostileRequests, type HostileRequest } from "../commands/hostile-requests.ts";
import { record, type Recorded, type Recorder } from "../commands/recorder.ts";
import { prepareScene, type Scene } from "../commands/scene.ts";
import { argvOf, cmdLine, pipedLines } from "../commands/windows.ts";
import { A, B, C, Tape } from "./tapes.ts";

const KINDS = ["curl-posix", "curl-cmd", "powershell", "fetch"] as const satisfies readonly CommandKind[];

const PUT: CommandRequest = {
  method: "PUT",
  url: "https://api.example/items/1?a=b&c=%20#part",
  headers: [{ name: "Origin", value: A }, { name: "Content-Type", value: "application/json" }, { name: "X-It's", value: "50% \"off\"" }, { name: "X-Empty", value: "" }, { name: "Accept", value: "*/*" }, { name: "User-Agent", value: "Browser/1.0 (X)" }],
  body: null,
  mode: "cors",
  credentials: "include",
  unsafeHeaderNames: ["content-type", "x-empty", "x-it's"],
};

describe("as text", () => {
  test("curl-posix", () => {
    expect(commandOf("curl-posix", PUT)).toBe(`curl --disable --globoff --path-as-is --include \\
  --url 'https://api.example/items/1?a=b&c=%20' \\
  --request 'PUT' \\
  --header 'Origin: https://app.example' \\
  --header 'Content-Type: application/json' \\
  --header 'X-It'\\''s: 50% "off"' \\
  --header 'X-Empty;' \\
  --header 'Accept: */*' \\
  --header 'User-Agent: Browser/1.0 (X)' \\
  --header 'Expect:' \\
  --data-raw ''`);
  });

  test("curl-cmd", () => {
    expect(commandOf("curl-cmd", PUT)).toBe(`curl.exe --disable --globoff --path-as-is --include ^
  --url ^"https://api.example/items/1?a=b^&c=^%^20^" ^
  --request ^"PUT^" ^
  --header ^"Origin: https://app.example^" ^
  --header ^"Content-Type: application/json^" ^
  --header ^"X-It^'s: 50^%^ ^\\^"off^\\^"^" ^
  --header ^"X-Empty;^" ^
  --header ^"Accept: ^*/^*^" ^
  --header ^"User-Agent: Browser/1.0 ^(X^)^" ^
  --header ^"Expect:^" ^
  --data-raw ^"^"`);
  });

  test("powershell", () => {
    expect(commandOf("powershell", PUT)).toBe(`@(
  'url = "https://api.example/items/1?a=b&c=%20"'
  'request = "PUT"'
  'header = "Origin: https://app.example"'
  'header = "Content-Type: application/json"'
  'header = "X-It''s: 50% \\"off\\""'
  'header = "X-Empty;"'
  'header = "Accept: */*"'
  'header = "User-Agent: Browser/1.0 (X)"'
  'header = "Expect:"'
  'data-raw = ""'
) | curl.exe --disable --globoff --path-as-is --include --config -`);
  });

  test("fetch", () => {
    expect(commandOf("fetch", PUT)).toBe(`fetch("https://api.example/items/1?a=b&c=%20", {
  method: "PUT",
  headers: [
    ["Content-Type", "application/json"],
    ["X-It's", "50% \\"off\\""],
    ["X-Empty", ""],
    ["Accept", "*/*"],
  ],
  mode: "cors",
  credentials: "include",
});`);
  });

  test("GET and HEAD, without anything", () => {
    const get = { ...PUT, method: "GET", headers: [] };
    expect(commandOf("curl-posix", get).split("\n").slice(1)).toEqual(["  --url 'https://api.example/items/1?a=b&c=%20' \\", "  --header 'User-Agent:' \\", "  --header 'Accept:'"]);
    expect(commandOf("curl-posix", { ...get, method: "HEAD" })).toContain("\n  --head \\\n");
    expect(commandOf("powershell", { ...get, method: "HEAD" })).toContain("\n  'head'\n");
    expect(commandOf("fetch", get)).not.toContain("headers");
  });

  test("what nobody sees", () => {
    const odd = { ...PUT, method: "GET", headers: [{ name: "X", value: "a\t\u202eb\u001b é’" }] };
    expect(commandOf("curl-posix", odd)).toContain(`--header 'X: a'"$(printf '\\011\\342\\200\\256')"'b'"$(printf '\\033')"' é’'`);
    expect(commandOf("powershell", odd)).toContain(`('header = "X: a\\t' + [char]8238 + 'b' + [char]27 + ' é’’"')`);
    expect(commandOf("powershell", odd)).toMatch(/^& \{ \$OutputEncoding = New-Object Text\.UTF8Encoding \$false\n@\(\n[^]*--config -\n\}$/);
    expect(commandOf("fetch", odd)).toContain(`["X", "a\\t\\u00e2\\u0080\\u00ae`);
  });

  test("what belongs to the connection, and pseudo-headers, are left out", () => {
    const headers = ["Host", "content-length", "Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade", "Accept-Encoding", "Proxy-Authorization", ":authority", ":path"].map((name) => ({ name, value: "v" }));
    expect(curlOptions({ ...PUT, method: "GET", headers })).toEqual([["url", "https://api.example/items/1?a=b&c=%20"], ["header", "User-Agent:"], ["header", "Accept:"]]);
  });

  test("fetch sets what browsers add only where a preflight asked for it", () => {
    const headers = ["Cache-Control", "X-Mine", "Cookie", "Sec-Fetch-Mode", "Origin", "Referer"].map((name) => ({ name, value: "v" }));
    expect(commandOf("fetch", { ...PUT, headers, unsafeHeaderNames: [] })).toContain(`headers: [\n    ["X-Mine", "v"],\n  ]`);
    expect(commandOf("fetch", { ...PUT, headers, unsafeHeaderNames: ["cache-control"] })).toContain(`headers: [\n    ["Cache-Control", "v"],\n    ["X-Mine", "v"],\n  ]`);
  });
});

describe("what can't be said", () => {
  const curls: readonly CommandKind[] = ["curl-posix", "curl-cmd", "powershell"];
  const [x, preflight] = ["X", "Access-Control-Request-Method"];
  test.each<[string, Partial<CommandRequest>, readonly CommandKind[]]>([
    ["url", { url: "/relative" }, KINDS],
    ["url", { url: "ftp://api.example/" }, KINDS],
    ["url", { url: "javascript:alert(1)" }, KINDS],
    ["method", { method: "GET / HTTP/1.1\r\nX:" }, KINDS],
    ["method", { method: "" }, KINDS],
    ["method", { method: "trace" }, ["fetch"]],
    ["header", { headers: [{ name: "X Y", value: "" }] }, KINDS],
    ["header", { headers: [{ name: "@secret", value: "" }] }, KINDS],
    ["header", { headers: [{ name: x, value: "a\r\nb" }] }, KINDS],
    ["header", { headers: [{ name: x, value: "a\0b" }] }, KINDS],
    ["header", { headers: [{ name: x, value: "\v" }] }, curls],
    ["body", { method: "POST", body: "a\0b" }, curls],
    ["body", { method: "HEAD", body: "a" }, KINDS],
    ["body", { method: "GET", body: "" }, ["fetch"]],
    ["preflight", { method: "OPTIONS", headers: [{ name: preflight, value: "PUT" }] }, ["fetch"]],
    ["characters", { body: "a\nb" }, ["curl-cmd"]],
    ["characters", { headers: [{ name: x, value: "a\tb" }] }, ["curl-cmd"]],
    ["characters", { headers: [{ name: x, value: "\uff02" }] }, ["curl-cmd"]],
    ["length", { url: `https://api.example/${"a".repeat(8200)}` }, ["curl-cmd"]],
    ["length", { body: "a".repeat(102_400) }, ["powershell", "curl-cmd"]],
  ])("%s", (fault, change, refusing) => {
    for (const kind of KINDS) {
      const write = (): string => commandOf(kind, { ...PUT, ...change });
      if (refusing.includes(kind)) expect(write, kind).toThrow(expect.objectContaining({ name: "CommandError", fault }));
      else expect(write(), kind).toContain("api.example");
    }
  });
});

/** A request to a port of this machine. */
function sentTo(port: number, request: HostileRequest, host = `127.0.0.1:${port}`): CommandRequest {
  return { ...request, url: `http://${host}${request.url}` };
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function trimmed(value: string): string {
  return value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
}

/** What has to arrive, byte for byte. */
function expected(port: number, { method, headers, body, ...request }: CommandRequest): Recorded {
  const url = new URL(request.url);
  const content = body ?? (method === "POST" || method === "PUT" ? "" : null);
  const fields = headers.map(({ name, value }) => `${name}:${trimmed(value) === "" ? "" : ` ${latin1(trimmed(value))}`}`);
  const lines = [`Host: 127.0.0.1:${port}`, ...fields, ...(content === null ? [] : [`Content-Length: ${Buffer.byteLength(content)}`])];
  return { method, target: url.href.replace(/^http:\/\/[^/]*/, "").replace(/#.*$/, ""), lines: lines.toSorted(), body: latin1(content ?? "") };
}

function isSendable({ headers }: HostileRequest): boolean {
  return headers.every(({ value }) => !/^[\v\f]+$/.test(trimmed(value)));
}

const HOSTILE = hostileRequests(200, 20_251_124).filter(isSendable);
const PRINTABLE = hostileRequests(1000, 7, "printable");

test("the hostile requests are worth their name", () => {
  expect(HOSTILE.length).toBeGreaterThan(190);
  const all = HOSTILE.map((request) => [request.method, request.url, request.body ?? "", ...request.headers.flatMap(({ name, value }) => [name, value])].join(" "));
  for (const piece of ["'", "`", "$(canary)", "!!", "%PATH%", "@secret", "\u001b[201~", "\ncanary\n", "’", "\ud800", "{a,b}", "\\"]) expect(all.filter((text) => text.includes(piece)).length, piece).toBeGreaterThan(5);
});

test.each(KINDS)("%s: no text holds what a terminal acts on, or nobody sees", (kind) => {
  for (const request of HOSTILE) {
    try {
      // Line breaks of a body stand as they are, within quotes.
      expect(commandOf(kind, sentTo(1, request))).toMatch(/^[^\p{Cf}\p{Zl}\p{Zp}\x00-\x09\x0b-\x1f\x7f-\x9f]*$/u);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
});

// Hundreds of shells and curls, one after the other: a slow machine takes a minute.
describe("run", { timeout: 180_000 }, () => {
  let scene: Scene;
  beforeAll(() => void (scene = prepareScene()));
  afterAll(() => scene.remove());

  test("the traps work", async () => {
    const other = prepareScene();
    await other.run("sh", ["-c", "canary; $(touch)"]);
    expect(other.traces()).toEqual(["ran-canary", "ran-touch"]);
    other.remove();
  });

  /** Runs the requests' commands, many in one shell, and compares what arrives. */
  async function compare(requests: readonly HostileRequest[], recorder: Recorder, shell: string, write: (request: CommandRequest) => string): Promise<void> {
    for (let at = 0; at < requests.length; at += 25) {
      const batch = requests.slice(at, at + 25).map((each) => sentTo(recorder.port, each, each.body === null ? `u's:$(canary)@127.0.0.1:${recorder.port}` : undefined));
      const { stderr } = await scene.run(shell, ["-c", batch.map(write).join("\n")]);
      expect(recorder.taken(), stderr).toEqual(batch.map((request) => expected(recorder.port, request)));
      expect(scene.traces()).toEqual([]);
    }
    recorder.close();
  }

  test.concurrent.each(["sh", "bash"])("curl-posix in %s: byte for byte, and nothing else", async (shell) => {
    await compare(HOSTILE, await record(), shell, (request) => commandOf("curl-posix", request));
  });

  test("powershell: what our model of it pipes, curl sends byte for byte", async () => {
    await compare(HOSTILE, await record(), "sh", (request) => {
      const { lines, command, utf8 } = pipedLines(commandOf("powershell", request));
      expect(utf8).toBe(lines.some((line) => /[^\x00-\x7f]/.test(line)));
      expect(command).toBe("curl.exe --disable --globoff --path-as-is --include --config -");
      for (const line of lines) expect(line).not.toMatch(/[\r\n]/);
      // Line breaks as PowerShell writes them on Windows.
      return `${command.replace(".exe", "")} <<'END OF INPUT'\n${lines.map((line) => `${line}\r\n`).join("")}END OF INPUT`;
    });
  });

  test("curl-cmd: our model of cmd.exe and of Microsoft's C library gives curl what it is to have", () => {
    const variables = new Map([["PATH", "C:\\canary"], ["CD", "C:\\"], ["A", "&canary"]]);
    for (const hostile of PRINTABLE) {
      const request = sentTo(1, hostile);
      const options = curlOptions(request).flatMap(([name, argument]) => (argument === undefined ? [`--${name}`] : [`--${name}`, argument]));
      expect(argvOf(cmdLine(commandOf("curl-cmd", request), variables))).toEqual(["curl.exe", "--disable", "--globoff", "--path-as-is", "--include", ...options]);
    }
  });

  test("a `~/.curlrc` adds nothing, and HEAD is sent", async () => {
    const recorder = await record();
    await scene.run("sh", ["-c", `curl http://127.0.0.1:${recorder.port}/`]);
    expect(recorder.taken()[0]?.lines).toContain("X-Curlrc: read");
    const head: HostileRequest = { ...PUT, method: "HEAD", url: "/a", headers: [] };
    await compare([head], recorder, "sh", (request) => commandOf("curl-posix", request));
  });

  const ANSWERS: Readonly<Record<string, string>> = {
    OPTIONS: `HTTP/1.1 103 Early Hints\r\nVary: Early\r\n\r\nHTTP/1.1 204 No Content\r\naccess-control-allow-origin: ${A}\r\nServer: x\r\nAccess-Control-Allow-Methods:\r\nVary: Origin\r\nVary: Accept\r\n\r\n`,
    PUT: "HTTP/1.1 302 Found\r\nSet-Cookie: secret=1\r\nHTTP/1.1: 200 OK\r\nLocation: /login\x1b]0;owned\x07\r\nTiming-Allow-Origin: *\r\nX-Location: no\r\nTransfer-Encoding: chunked\r\nTrailer: Vary\r\n\r\n6\r\nVary: \r\n0\r\nAccess-Control-Allow-Origin: *\r\n\r\n",
  };

  test.each(["sh", "bash"])("check in %s: the lines that matter, and nothing else", async (shell) => {
    const recorder = await record(({ method }) => ANSWERS[method] ?? "");
    const base = `http://127.0.0.1:${recorder.port}`;
    const request = { ...PUT, url: `${base}/it's?a=$(canary)#x` };
    const preflight = { ...request, method: "OPTIONS", headers: [{ name: "Access-Control-Request-Method", value: "PUT" }, { name: "Origin", value: A }] };
    const { stdout, stderr } = await scene.run(shell, ["-c", checkScript([preflight, request])]);
    expect(stdout.split("\n")).toEqual([
      `OPTIONS ${base}/it's?a=$(canary)`,
      "HTTP/1.1 204 No Content",
      `access-control-allow-origin: ${A}`,
      "Access-Control-Allow-Methods:",
      "Vary: Origin",
      "Vary: Accept",
      "",
      `PUT ${base}/it's?a=$(canary)`,
      "HTTP/1.1 302 Found",
      "Location: /login]0;owned",
      "Timing-Allow-Origin: *",
      "",
    ]);
    expect(stderr).toBe("");
    expect(recorder.taken()).toEqual([expected(recorder.port, preflight), expected(recorder.port, request)]);
    expect(scene.traces()).toEqual([]);
    recorder.close();
  });

  test("check: a server that is not there", async () => {
    const recorder = await record();
    recorder.close();
    const { stdout, stderr } = await scene.run("sh", ["-c", checkScript([{ ...PUT, url: `http://127.0.0.1:${recorder.port}/` }])]);
    expect(stdout).toBe(`PUT http://127.0.0.1:${recorder.port}/\n`);
    expect(stderr).toMatch(/^curl: \(7\) /);
  });

  test("check: hostile messages", async () => {
    await compare(HOSTILE.slice(0, 25), await record(), "sh", (request) => checkScript([request]));
  });
});

test("fetch: what is evaluated is what was asked for", () => {
  for (const hostile of HOSTILE) {
    const request = sentTo(1, { ...hostile, body: /^get$/i.test(hostile.method) ? null : hostile.body });
    const calls: unknown[] = [];
    runInNewContext(commandOf("fetch", request), { fetch: (...call: unknown[]) => void calls.push(call) });
    const url = new URL(request.url);
    url.hash = "";
    const own: Header[] = request.headers.filter(({ name }) => !/^(cookie|referer|origin|user-agent)$/i.test(name));
    expect(calls).toEqual([[url.href, {
      method: request.method,
      ...(own.length === 0 ? {} : { headers: own.map(({ name, value }) => [name, latin1(trimmed(value))]) }),
      ...(request.body === null ? {} : { body: request.body }),
      mode: request.mode,
      credentials: request.credentials,
    }]]);
  }
});

function exchangeOf(engine: Engine, tape: Tape): Exchange {
  const [exchange] = tape.events.reduce(step, emptyLog(engine)).exchanges;
  if (exchange === undefined) throw new Error("the tape holds no exchange");
  return exchange;
}

describe("of an exchange", () => {
  const ASK = { "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,x-a", "User-Agent": "UA", Referer: `${A}/?token=s3cret` };
  const stopped = exchangeOf("chromium", new Tape().begin("1", "PUT", `${B}/?token=s3cret`).begin("2", "OPTIONS", `${B}/?token=s3cret`).send("2", "OPTIONS", `${B}/?token=s3cret`, ASK)
    .head("2", "OPTIONS", `${B}/?token=s3cret`, 204).start("2", "OPTIONS", `${B}/?token=s3cret`).done("2", "OPTIONS", `${B}/?token=s3cret`).fail("1", "PUT", `${B}/?token=s3cret`, "net::ERR_FAILED"));
  const sent = exchangeOf("chromium", new Tape().begin("1", "GET", B).send("1", "GET", B, { Cookie: "a=1", Authorization: "Bearer x" }).head("1", "GET", B, 200).fail("1", "GET", B, "net::ERR_FAILED"));

  function fields(request: CommandRequest): string[] {
    return request.headers.map(({ name, value }) => `${name}: ${value}`);
  }

  test("a preflight as it was sent, without secrets", () => {
    const preflight = requestOf(stopped, 0, "preflight");
    expect(preflight).toMatchObject({ method: "OPTIONS", url: `${B}/?token=redacted`, body: null, mode: "cors" });
    expect(fields(preflight)).toEqual([`Origin: ${A}`, "Sec-Fetch-Mode: cors", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization,x-a", "User-Agent: UA", `Referer: ${A}/?token=redacted`]);
  });

  test("a request that its preflight stopped: what is known of it", () => {
    const request = requestOf(stopped, 0, "request");
    expect(request).toMatchObject({ method: "PUT", url: `${B}/?token=redacted`, unsafeHeaderNames: ["authorization", "x-a"], credentials: "same-origin" });
    expect(fields(request)).toEqual([`Origin: ${A}`, "authorization: [redacted]", "x-a: [unknown]", "Sec-Fetch-Mode: cors", "User-Agent: UA", `Referer: ${A}/?token=redacted`]);
    expect(fields(requestOf(stopped, 0, "request", { keepSecrets: true }))).toContain("authorization: [unknown]");
  });

  test("secrets, left out and kept", () => {
    expect(fields(requestOf(sent, 0, "request"))).toEqual([`Origin: ${A}`, "Sec-Fetch-Mode: cors", "Cookie: [redacted]", "Authorization: [redacted]"]);
    expect(fields(requestOf(sent, 0, "request", { keepSecrets: true }))).toContain("Cookie: a=1");
    expect(requestOf(stopped, 0, "request", { keepSecrets: true }).url).toBe(`${B}/?token=s3cret`);
  });

  test("a preflight that was not seen: as the standard makes it", () => {
    expect(fields(requestOf(sent, 0, "preflight"))).toEqual(["Accept: */*", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: authorization", `Origin: ${A}`, "Sec-Fetch-Mode: cors"]);
  });

  test("credentials: a cookie, else the verdict's, else the default", () => {
    expect(requestOf(sent, 0, "request", { credentials: "unknown" }).credentials).toBe("include");
    expect(requestOf(stopped, 0, "request", { credentials: "include" }).credentials).toBe("include");
    expect(requestOf(stopped, 0, "request", { credentials: "unknown" }).credentials).toBe("same-origin");
  });

  test("the pair: with a preflight where one was seen, or is wanted", () => {
    const simple = exchangeOf("chromium", new Tape().begin("1", "GET", B).send("1", "GET", B).fail("1", "GET", B, "net::ERR_FAILED"));
    expect([stopped, sent, simple].map((exchange) => pairOf(exchange, 0).map(({ method }) => method))).toEqual([["OPTIONS", "PUT"], ["OPTIONS", "GET"], ["GET"]]);
  });

  test("a later hop: its URL, and the origin that became null", () => {
    const redirected = exchangeOf("chromium", new Tape().begin("1", "GET", B).send("1", "GET", B).head("1", "GET", B, 302, { Location: C }).redirect("1", "GET", B, C).begin("1", "GET", C).fail("1", "GET", C, "net::ERR_FAILED"));
    const request = requestOf(redirected, 1, "request");
    expect([request.url, ...fields(request)]).toEqual([C, "Origin: null"]);
  });
});
