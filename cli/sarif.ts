import { type Found } from "../src/findings.ts";
import { detailed, type JudgedExchange } from "../src/judge-har.ts";
import { say, type Words } from "../src/explain.ts";
import type { Code } from "../src/model.ts";
import { CREATOR } from "../src/report/har.ts";
import { referenceFor } from "../src/references.ts";
import { type FileReport, type Format, placeOf } from "./report.ts";

/** What is said of a request whose fault isn't known. */
const UNEXPLAINED = "unexplained";

/** For code scanning. SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Format = (reports, { words, version }) => {
  const found = reports.flatMap((report) => {
    if ("problem" in report) return [];
    const details = detailed(report.findings, { words });
    return report.findings.found.map((each) => ({ report, each, judged: details(each) }));
  });
  const codes = [...new Set(found.map(({ each }) => codeOf(each)))];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: CREATOR, version, semanticVersion: version, rules: codes.map((code) => ruleOf(code, words)) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: !reports.some((report) => "problem" in report), toolExecutionNotifications: reports.flatMap(notificationOf) }],
        results: found.map(({ report, each, judged }) => resultOf(report, each, judged, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function codeOf({ verdict: { code, failing } }: Found): Code | typeof UNEXPLAINED {
  return code ?? failing[0]?.code ?? UNEXPLAINED;
}

function ruleOf(code: Code | typeof UNEXPLAINED, words: Words): object {
  if (code === UNEXPLAINED) return { id: code, shortDescription: { text: words("title_maybe_blocked") }, helpUri: "https://fetch.spec.whatwg.org/#http-cors-protocol" };
  const { standard, mdn } = referenceFor(code);
  const title = say(words, { key: `title_${code.replaceAll("-", "_")}`, params: [] });
  const step = standard.step === null ? words("reference_standard", [standard.name]) : words("reference_step", [standard.name, standard.step]);
  return {
    id: code,
    shortDescription: { text: title },
    helpUri: mdn,
    help: { text: `${step}: ${standard.url}\nMDN: ${mdn}`, markdown: `[${step}](${standard.url}) · [MDN](${mdn})` },
  };
}

const LEVELS: Readonly<Record<Found["standing"], object>> = { blocked: { level: "error" }, maybe: { level: "warning" }, passed: { kind: "pass", level: "none" } };

function resultOf({ name }: FileReport, found: Found, { method, url, title, sentence, phase }: JudgedExchange, codes: readonly string[]): object {
  const code = codeOf(found);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    ...LEVELS[found.standing],
    message: { text: messageText(`${method} ${url}: ${title}. ${sentence}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(name) }, region: { startLine: 1 } },
        logicalLocations: found.entries.map((entry) => ({ fullyQualifiedName: placeOf(entry), kind: "object" })),
      },
    ],
    // The same fault of the same request, wherever in the file it stands.
    partialFingerprints: { "corsExplainer/v1": `${code} ${phase} ${method} ${url}` },
  };
}

function notificationOf(report: FileReport): object[] {
  return "problem" in report ? [{ level: "error", message: { text: messageText(report.problem) }, locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(report.name) } } }] }] : [];
}

/** A message in which nothing is a link or a gap to be filled: §3.11.5, §3.11.6. */
function messageText(text: string): string {
  return text.replace(/[[\]\\]/g, "\\$&").replace(/[{}]/g, "$&$&");
}

/** Relative ones stay so: they are resolved against the repository. */
function uriOf(name: string): string {
  const path = name.replaceAll("\\", "/").replace(/[<>]/g, "");
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  if (/^[a-z]:\//i.test(path)) return `file:///${encoded.replace("%3A", ":")}`;
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
