import { STATUS } from "../src/advised.ts";
import { compare, type Relation } from "../src/difference.ts";
import { entryOf } from "../src/entry.ts";
import { explainLack, say, type Words } from "../src/explain.ts";
import { alike, type Findings, type Found } from "../src/findings.ts";
import { detailed, type JudgedExchange } from "../src/judge-har.ts";
import type { Engine } from "../src/model.ts";
import { type Block, textOf } from "../src/report/document.ts";
import { fixBlocks } from "../src/report/fix-blocks.ts";
import { redactedExchange, redactedUrl } from "../src/report/redact.ts";
import { referenceFor } from "../src/references.ts";
import { placeOf } from "./report.ts";

/** Exchanges that failed alike, in the reader's words and in no format. */
export interface Told {
  readonly standing: Found["standing"];
  readonly title: string;
  /** The browser's own name for the error, or null. */
  readonly browserError: string | null;
  readonly count: number;
  /** The first of them: method, URL, place in the file. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly place: string }[];
  /** The field at fault beside what would have passed, or null. */
  readonly fault: { readonly name: string; readonly rows: readonly (readonly [label: string, value: string])[] } | null;
  readonly sentence: string;
  readonly sections: readonly Section[];
  /** Where it is written. */
  readonly link: string | null;
}

/** What there is to say beyond the fault. */
export interface Section {
  readonly title: string;
  readonly parts: readonly (string | CodeLines)[];
}

/** Lines to be copied. */
export interface CodeLines {
  readonly lines: readonly string[];
}

/** How many requests of a group are listed. */
const LISTED = 5;

/** All that a report on a file says, group by group: the blocked ones first. */
export function told(findings: Findings, words: Words): Told[] {
  const details = detailed(findings, { words });
  const order: readonly Found["standing"][] = ["blocked", "maybe", "passed"];
  return order.flatMap((standing) => alike(findings.found.filter((found) => found.standing === standing)).map((group) => toldGroup(group, details, findings.source.engine, words)));
}

function toldGroup(group: readonly [Found, ...Found[]], details: (found: Found) => JudgedExchange, engine: Engine, words: Words): Told {
  const [first] = group;
  const judged = details(first);
  const fix = fixOf(first, judged, engine, words);
  const failing = judged.failing[0] ?? null;
  return {
    standing: first.standing,
    title: judged.title,
    browserError: judged.browserError,
    count: group.length,
    requests: group.slice(0, LISTED).map(({ exchange, entries }) => {
      const { method, url } = exchange.hops[0].request;
      return { method, url: redactedUrl(url), place: entries.map(placeOf).join(", ") };
    }),
    fault: faultOf(judged, words),
    sentence: judged.sentence,
    sections: [
      section(words("section_causes"), judged.causes.map(({ evidence }) => evidence)),
      section(words("section_alternatives"), judged.alternatives),
      section(words("section_fix"), fix.parts),
      section(words(fix.covers ? "section_covered" : "section_failing"), judged.failing.slice(1).map(({ code }) => words(`title_${code.replaceAll("-", "_")}`))),
      section(words("section_lacks"), judged.lacks.map((lack) => say(words, explainLack(lack)))),
      section(words("section_notices"), judged.notices.map(({ evidence }) => evidence)),
    ].filter(({ parts }) => parts.length > 0),
    link: failing === null ? null : referenceFor(failing.code).mdn,
  };
}

function section(title: string, parts: Section["parts"]): Section {
  return { title, parts };
}

const EXPECTED: Readonly<Record<Relation, string>> = { equal: "compare_expected", include: "compare_include", status: "compare_status", example: "compare_example" };

function faultOf({ failing: [failure] }: JudgedExchange, words: Words): Told["fault"] {
  const comparison = failure === undefined ? null : compare(failure);
  if (failure?.header == null || comparison === null) return null;
  const { name, on, actual, expected } = failure.header;
  const sent = actual === null ? `(${words("compare_nothing")})` : actual === "" ? `(${words("compare_empty")})` : actual;
  const shown = `${words(`phase_${on}`)}, ${name === STATUS ? words("fix_status") : name}`;
  return { name: shown, rows: [[words(on === "request" ? "compare_asked" : "compare_sent"), sent], [words(EXPECTED[comparison.relation]), expected]] };
}

/** What the panel's reports say of it. */
function fixOf({ exchange: recorded }: Found, { causes }: JudgedExchange, engine: Engine, words: Words): { readonly parts: Section["parts"]; readonly covers: boolean } {
  const entry = entryOf(redactedExchange(recorded), engine);
  const { blocks, covers } = fixBlocks({ entry, earlier: [], engine, source: null, words }, causes.map(({ code }) => ({ code, params: [] })));
  return { parts: blocks.flatMap(partsOf), covers };
}

function partsOf(block: Block): Section["parts"] {
  if (block.kind === "code") return [{ lines: block.lines.map(({ text }) => text) }];
  if (block.kind === "list") return block.items.map(textOf);
  return block.kind === "paragraph" ? [textOf(block.spans)] : [];
}
