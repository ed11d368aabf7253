import type { Phrase } from "../explain.ts";

/** The chapters of the guide, in their order. */
export const CHAPTER_IDS = ["same-origin", "simple-requests", "preflights", "credentials", "redirects", "no-cors", "caching", "proxies"] as const;

/** What a chapter is called in code. */
export type ChapterId = (typeof CHAPTER_IDS)[number];

/** The title of a chapter. */
export function titleOf(id: ChapterId): Phrase {
  return { key: keyOf(id), params: [] };
}

/** The chapter after or before another; null at the ends. */
export function neighbour(id: ChapterId, by: 1 | -1): ChapterId | null {
  return CHAPTER_IDS[CHAPTER_IDS.indexOf(id) + by] ?? null;
}

/** What the keys of a chapter's texts begin with. */
export function keyOf(id: ChapterId): string {
  return `learn_${id.replaceAll("-", "_")}`;
}
