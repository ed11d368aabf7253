import { advised } from "./advised.ts";
import { ENGINES } from "./engines/engines.ts";
import type { Answer, CredentialsMode, Engine, Exchange, Line, Need } from "./model.ts";
import { replay } from "./replay.ts";

/** A line that may be of use. */
export type Draft = Omit<Answer, "lines"> & { readonly lines: readonly Omit<Line, "need">[] };

/**
 * Leaves out each line that the exchange passes without, and says of the others who needs them. Whether it passes is
 * found out, line by line, by putting the exchange without it through the engines' checks.
 * @param modes the credentials modes that the request may have been made with, the likeliest first
 */
export function minimal(exchange: Exchange, drafts: readonly Draft[], engine: Engine, modes: readonly CredentialsMode[]): Answer[] {
  let answers: Answer[] = drafts.map((draft) => ({ ...draft, lines: draft.lines.map((line) => ({ ...line, need: "browser" })) }));
  for (const line of answers.flatMap(({ lines }) => lines)) {
    const without = answers.map((answer) => ({ ...answer, lines: answer.lines.filter((other) => other !== line) }));
    const need = needed(advised(exchange, without), engine, modes);
    answers = need === null ? without : answers.map((answer) => ({ ...answer, lines: answer.lines.map((other) => (other === line ? { ...line, need } : other)) }));
  }
  return answers.filter(({ lines }) => lines.length > 0);
}

/** Whose checks an exchange fails, if any. */
function needed(exchange: Exchange, engine: Engine, modes: readonly CredentialsMode[]): Need | null {
  const failing = (rules: Engine): CredentialsMode[] => modes.filter((mode) => replay(exchange, ENGINES[rules], mode).some(({ failures }) => failures.length > 0));
  const here = failing(engine);
  if (here.length > 0) return here.length === modes.length ? "browser" : "credentials";
  return failing(engine === "chromium" ? "gecko" : "chromium").length > 0 ? "other-browser" : null;
}
