import type { Exchange } from "../../src/model.ts";

/** What the bench makes its logs of: real exchanges, of the lab. */
export interface Kinds {
  readonly blocked: readonly Exchange[];
  readonly allowed: readonly Exchange[];
}

/** As many different failures as there are lines in the list, more or less: some are alike but for the server. */
export const BLOCKED_KINDS = 40;

/** A log of which 60 % are blocked, in `BLOCKED_KINDS` ways, each at a server of its own; the others passed, at 50 servers. */
export function manyExchanges(kinds: Kinds, count: number): Exchange[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / 10);
    if (index % 10 < 6) return blockedExchange(kinds, index, (round * 6 + (index % 10)) % BLOCKED_KINDS);
    return copy(kinds.allowed[index % kinds.allowed.length], index, `cdn-${index % 50}.example`);
  });
}

/** One more that failed in its own way: no group has it. */
export function newlyBlocked(kinds: Kinds, index: number): Exchange {
  return copy(kinds.blocked[0], index, `new-${index}.example`);
}

function blockedExchange({ blocked }: Kinds, index: number, kind: number): Exchange {
  return copy(blocked[kind % blocked.length], index, `api-${kind}.example`);
}

/** The same exchange under other ids, at another server, with a path of its own. It shares nothing with the first, as what a port brings. */
function copy(exchange: Exchange | undefined, index: number, host: string): Exchange {
  if (exchange === undefined) throw new Error("no exchange of that kind was recorded");
  const { origin } = new URL(exchange.hops[0].request.url);
  const text = JSON.stringify(exchange, (key, value) => {
    if (key === "requestId" || key === "id") return `${value}-${index}`;
    if (key === "startedTime" || key === "time") return Number(value) + 1_700_000_000_000 + index * 20;
    if (key === "order") return index;
    if ((key === "url" || key === "redirectUrl") && typeof value === "string" && value.startsWith(origin)) return `${value.replace(origin, `https://${host}`)}/${index}?page=${index % 7}`;
    return value;
  });
  return JSON.parse(text);
}
