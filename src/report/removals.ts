import type { Exchange } from "../model.ts";
import { redactedExchange, type Removal } from "./redact.ts";
import { isSecret } from "./secrets.ts";

/** What a report leaves out under one name. */
export interface CountedRemoval {
  readonly where: "header" | "url";
  /** As it was written first; of what has no name in a URL, empty. */
  readonly name: string;
  readonly count: number;
  /** It is a secret by its name, or by its look; else the value of a field that may hold anything. */
  readonly secret: boolean;
}

/** What is taken out of a report of some exchanges: secrets first, and of these, as of the rest, what there is most of. */
export function countedRemovals(exchanges: readonly Exchange[]): CountedRemoval[] {
  const found = new Map<string, CountedRemoval>();
  const note = (kind: Removal["kind"], name: string): void => {
    const where = kind === "url" || kind === "call-site" ? "url" : "header";
    const key = `${where} ${name.toLowerCase()}`;
    const known = found.get(key);
    found.set(key, { where, name: known?.name ?? name, count: (known?.count ?? 0) + 1, secret: !kind.endsWith("-header") || isSecret(name) });
  };
  for (const exchange of exchanges) redactedExchange(exchange, note);
  return [...found.values()].sort((a, b) => Number(b.secret) - Number(a.secret) || b.count - a.count);
}
