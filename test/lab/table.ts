import type { Har } from "har-format";
import type { Engine, Verdict } from "../browsers/browser.ts";
import { compare, type Ours } from "../conformance/compare.ts";
import type { Result } from "./page/fetch.ts";
import { scenarios } from "./scenarios.ts";

/** One request: what the extension says, what the browser itself says, and how the two relate. */
export interface Row {
  readonly request: string;
  readonly verdict: string;
  readonly header: string;
  readonly browser: string;
  readonly relation: string;
  readonly agrees: boolean;
  /** The causes found that aren't the scenario's, and those that weren't found. */
  readonly falseCauses: readonly string[];
  readonly missedCauses: readonly string[];
  readonly causes: readonly string[];
}

interface Cors extends Ours {
  readonly code?: string | null;
  readonly header?: { readonly name: string; readonly on: string } | null;
  readonly causes?: readonly { readonly code: string }[];
}

const DISAGREEMENTS: readonly string[] = ["wrong", "missed", "false"];

/** Whether the HAR reports on each of the lab's requests. */
export function isComplete(har: Har): boolean {
  const reports = reportsById(har);
  return scenarios.every(({ id }) => reports.has(id));
}

/** A row for each request of the lab. `results` is what the page saw, the browser's last word on blocked or not. */
export function rows(engine: Engine, har: Har, verdicts: readonly Verdict[], results: Readonly<Record<string, Result>>): Row[] {
  const reports = reportsById(har);
  return scenarios.map(({ id, title, causes: labels }) => {
    const ours = reports.get(id) ?? null;
    const blocked = results[id]?.passed === false;
    const told = { blocked, error: blocked ? ownError(verdicts, id) : null };
    const relation = compare(engine, told, ours);
    const causes = (ours?.causes ?? []).map(({ code }) => code);
    return {
      request: title,
      verdict: ours ? ours.code ?? ours.outcome : "not reported",
      header: ours?.header ? `${ours.header.name.replace(/^Access-Control-/i, "")} (${ours.header.on})` : "",
      browser: told.error ?? (blocked ? "blocked" : "allowed"),
      relation,
      agrees: !DISAGREEMENTS.includes(relation),
      causes,
      falseCauses: causes.filter((cause) => !labels.some((label) => label === cause)),
      missedCauses: labels.filter((label) => !causes.includes(label)),
    };
  });
}

/** The rows as text in columns. */
export function table(all: readonly Row[]): string {
  const lines = [
    ["request", "our verdict", "header", "the browser's own", "agrees", "causes"],
    ...all.map(({ request, verdict, header, browser, relation, agrees, causes, falseCauses, missedCauses }) => [
      request,
      verdict,
      header,
      browser,
      agrees ? relation : `NO: ${relation}`,
      [...causes.map((cause) => (falseCauses.includes(cause) ? `NOT ${cause}` : cause)), ...missedCauses.map((cause) => `MISSED ${cause}`)].join(", "),
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n");
}

function reportsById(har: Har): Map<string, Cors> {
  const reports = new Map<string, Cors>();
  for (const entry of har.log.entries) {
    const cors = (entry as { _cors?: Partial<Cors> })._cors;
    if (cors?.outcome !== undefined) reports.set(idOf(entry.request.url), { ...cors, outcome: cors.outcome });
  }
  return reports;
}

/** The browser's own name for what it did: its first word on the request, since Firefox repeats a failed preflight in general terms. */
export function ownError(verdicts: readonly Verdict[], id: string): string | null {
  return verdicts.find(({ urls, preflight, blocked }) => blocked && !preflight && urls.some((url) => idOf(url) === id))?.error ?? null;
}

/** Every URL of a scenario begins with its id. */
function idOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.split("/")[1] ?? "" : "";
}
