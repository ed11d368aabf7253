import { beside } from "../elsewhere.ts";
import { explainElsewhere, explainPageChange, type Words } from "../explain.ts";
import { grouped } from "../grouped.ts";
import { lineText } from "../line-text.ts";
import { keyOf } from "../phrase-keys.ts";
import type { Answer, Cause, Remedy } from "../model.ts";
import { remedy } from "../remedy.ts";
import { type Block, plain, shortened, type Span, spansOf, strong, value } from "./document.ts";
import type { Told } from "./exchange-blocks.ts";

/** What fixes an exchange. */
export interface FixBlocks {
  readonly blocks: readonly Block[];
  /** It has lines for servers, which mend all that fails. */
  readonly covers: boolean;
}

/** What to change: on the server, message by message, or on the page. */
export function fixBlocks({ entry: { exchange, verdict }, engine, words }: Told, causes: readonly Cause[]): FixBlocks {
  const fix = remedy(exchange, verdict, engine);
  if (fix === null) return { blocks: [], covers: false };
  const { answers, page, pageFirst } = fix;
  const elsewhere = [...fix.elsewhere, ...(answers.length > 0 ? beside(exchange, causes) : [])];
  const server = answers.length === 0 ? [] : [
    paragraph(words(pageFirst && page.length > 0 ? "fix_server_instead" : "fix_server")),
    ...(verdict.code === "allow-origin-multiple-values" ? [paragraph(words("fix_twice"))] : []),
    ...answers.flatMap((answer) => answerBlocks(answer, words)),
    ...remarks(fix).map((key) => paragraph(words(key))),
  ];
  const onPage = page.length === 0 ? [] : [
    paragraph(words(!pageFirst && answers.length > 0 ? "fix_page_instead" : "fix_page")),
    list(page.map((change) => spansOf(words, explainPageChange(change)))),
  ];
  return {
    blocks: [
      ...(exchange.trials.length > 0 && answers.length + page.length + elsewhere.length > 0 ? [paragraph(words("fix_beside_trial"))] : []),
      ...(pageFirst ? [...onPage, ...server] : [...server, ...onPage]),
      ...(elsewhere.length === 0 ? [] : [list(elsewhere.map((one) => spansOf(words, explainElsewhere(one))))]),
    ],
    covers: answers.length > 0,
  };
}

/** One message's lines, as they can be copied: what not every request needs stands apart. */
function answerBlocks({ phase, method, url, lines, unseen }: Answer, words: Words): Block[] {
  const to: Span[] = [strong(words(keyOf("message", phase))), plain(" "), value(`${method} ${url}`), ...(unseen ? [plain(` – ${words("fix_unseen")}`)] : [])];
  // What every request needs has no sentence above it: below another's it would be taken for more of that.
  const ordered = [...lines.filter(({ need }) => need === "browser"), ...lines.filter(({ need }) => need !== "browser")];
  return [
    { kind: "paragraph", spans: to },
    ...[...grouped(ordered, ({ need }) => need).values()].flatMap((alike): Block[] => {
      const [line] = alike;
      if (line === undefined) return [];
      const why = line.need === "browser" ? [] : [paragraph(words(keyOf("report_need", line.need)))];
      return [...why, { kind: "code", lines: alike.map((each) => ({ text: shortened(lineText(words, each)), remark: null })) }];
    }),
  ];
}

function remarks({ answers, withoutCredentials }: Remedy): string[] {
  const all = answers.some(({ lines }) => lines.some(({ name, value: allowed }) => name === "Access-Control-Allow-Origin" && allowed === "*"));
  return [...(all ? ["fix_null_origin"] : []), ...(withoutCredentials ? ["fix_without_credentials"] : [])];
}

function paragraph(text: string): Block {
  return { kind: "paragraph", spans: [plain(text)] };
}

function list(items: readonly (readonly Span[])[]): Block {
  return { kind: "list", items };
}
