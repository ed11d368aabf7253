import type { Class, Ours } from "./compare.ts";

/** Tells, of blocked requests, how those were judged whose call the probe heard, and how many were not heard, by what made them. */
export function heardBlocked(): { count(api: string, result: { class: Class; ours: Ours | null }): void; line(): string } {
  const tally = { all: 0, exact: 0, joined: 0 };
  const unheard = new Map<string, number>();
  return {
    count(api, { class: result, ours }) {
      if (ours?.call == null) return void unheard.set(api, (unheard.get(api) ?? 0) + 1);
      tally.all += 1;
      if (result === "exact" || result === "joined") tally[result] += 1;
    },
    line() {
      const others = [...unheard].map(([api, count]) => `${api} ${count}`).join(", ");
      return `heard by the probe: blocked ${tally.all} exact ${tally.exact} joined ${tally.joined}; not heard: ${others || "none"}\n`;
    },
  };
}
