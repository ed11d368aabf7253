import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A bundle as it ships, in kilobytes. */
export interface BundleSize {
  readonly file: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** All scripts of a built extension, the largest first. */
export function bundleSizes(folder: string): BundleSize[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .map((file) => {
      const bytes = readFileSync(`${folder}/${file}`);
      return { file, raw: bytes.length / 1000, gzip: gzipSync(bytes).length / 1000, brotli: brotliCompressSync(bytes).length / 1000 };
    })
    .sort((a, b) => b.raw - a.raw);
}
