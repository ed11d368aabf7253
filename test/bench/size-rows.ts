import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A script as it ships, with all that it loads at once, in kilobytes. */
export interface BundleSize {
  readonly file: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
  /** How large it is wanted to be at most, minified. */
  readonly wanted: number | null;
}

/** In kilobytes. */
const WANTED: ReadonlyMap<string, number> = new Map([
  ["background.js", 40],
  ["panel.js", 120],
]);

/** All scripts that something of a built extension begins with, the largest first. */
export function bundleSizes(folder: string): BundleSize[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .map((file) => {
      const bytes = [...loadedAtOnce(join(folder, file))].map((each) => readFileSync(each));
      const sum = (packed: (script: Buffer) => Buffer): number => bytes.reduce((total, script) => total + packed(script).length, 0) / 1000;
      return { file, raw: sum((script) => script), gzip: sum(gzipSync), brotli: sum(brotliCompressSync), wanted: WANTED.get(file) ?? null };
    })
    .sort((a, b) => b.raw - a.raw);
}

/** A script and what it imports, however far, but for what is imported when it is asked for. */
function loadedAtOnce(script: string, known = new Set<string>()): Set<string> {
  if (known.has(script)) return known;
  known.add(script);
  for (const [, path = ""] of readFileSync(script, "utf8").matchAll(/\b(?:from|import)"(\.[^"]+\.js)"/g)) loadedAtOnce(join(dirname(script), path), known);
  return known;
}
