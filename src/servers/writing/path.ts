import { escaped } from "./escaped.ts";

/** A path without the slash at its end, so that one and what is below can be put behind it. */
export function trunk(path: string): string {
  return path.replace(/\/$/, "");
}

/** Written so that path-to-regexp, which Express and Next.js match paths with, takes none of it for a pattern. */
export function literal(path: string): string {
  return path.replace(/[:*[\]]/g, "\\$&");
}

/** The folders of a path before the first that a proxy would take for a pattern: a development server may pass on more than is needed. */
export function plain(path: string): string {
  return path.replace(/\/[^/]*[:*[\]].*$/, "") || "/";
}

/** Whether what matches paths by wildcards would take one for a pattern; a bracket makes it one that the path itself doesn't match. */
export function isGlob(path: string): boolean {
  return /[*[]/.test(path);
}

/** A regular expression that matches a path and what is below it, from its beginning on; null where that is everything. */
export function subtreePattern(path: string): string | null {
  return path === "/" ? null : `^${escaped(trunk(path))}(/|$)`;
}
