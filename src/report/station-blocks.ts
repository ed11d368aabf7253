import type { Words } from "../explain.ts";
import { keyOf } from "../phrase-keys.ts";
import type { FieldLine, Station } from "../messages.ts";
import { type Block, type CodeLine, formatted, plain, shortened, type Span, strong, value } from "./document.ts";

/** The fields that say something of CORS, or of who answered; a report has no others, but for those at fault. */
const MATTERS = /^(access-control-.*|origin|vary|location|allow|cookie|authorization|content-type|server|via|age|x-cache|x-powered-by|set-cookie|www-authenticate|cross-origin-resource-policy|sec-fetch-mode)$/i;

/** One message of an exchange: what was asked, and what came back. */
export function stationBlocks(station: Station, blocked: boolean, words: Words): Block[] {
  const { kind, method, url, absent, failing, requestHeaders, response } = station;
  const remark = words(blocked ? "station_failing" : "station_may_fail");
  const fails = failing.length === 0 ? [] : [plain(" – "), strong(remark)];
  if (absent !== null) return [{ kind: "paragraph", spans: [strong(words(keyOf("station", kind))), plain(" "), value(`${method} ${url}`), plain(` – ${absence(station, words)}`), ...fails] }];
  const head: Span[] = [strong(words(keyOf("station", kind))), ...(response === null ? [plain(` – ${words(station.ended ? "station_no_response" : "station_pending")}`)] : []), ...fails];
  return [
    { kind: "paragraph", spans: head },
    { kind: "code", lines: [line(`${method} ${url}`), ...(requestHeaders === null ? [line(`(${words("headers_request")}: ${words("headers_unseen")})`)] : fieldLines(requestHeaders, remark, words)), ...answerLines(station, remark, words)] },
  ];
}

function answerLines({ response, responseHeaders, statusAtFault, redirectUrl, error, fromCache }: Station, remark: string, words: Words): CodeLine[] {
  const location = responseHeaders.some(({ name }) => name.toLowerCase() === "location");
  const rest = [
    ...(redirectUrl === null || location ? [] : [line(`(${words("redirects_to", [redirectUrl])})`)]),
    ...(error === null ? [] : [line(`(${words("ended_with", [error])})`)]),
  ];
  if (response === null) return rest.length === 0 ? [] : [line(""), ...rest];
  const status = `${response.status} ${response.statusText}`.trim();
  return [
    line(""),
    { text: shortened(fromCache ? `${status} (${words("from_cache")})` : status), remark: statusAtFault ? remark : null },
    ...fieldLines(responseHeaders, remark, words),
    ...rest,
  ];
}

function fieldLines(lines: readonly FieldLine[], remark: string, words: Words): CodeLine[] {
  const shown = lines.filter(({ name, atFault }) => atFault || MATTERS.test(name));
  return shown.map(({ name, value: text, atFault }) => ({
    text: shortened(`${name}: ${text ?? words("picture_missing")}`),
    remark: atFault ? remark : null,
  }));
}

function absence({ absent, source }: Station, words: Words): string {
  if (absent === "not-sent") return words("station_not_sent");
  if (source === null) return words("station_preflight_unseen");
  return words("station_preflight_cached", [formatted(Math.round(source.age), words), formatted(source.maxAge, words)]);
}

function line(text: string): CodeLine {
  return { text: shortened(text), remark: null };
}
