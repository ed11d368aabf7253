import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { build } from "esbuild";

/** The rows of the pure part, bundled as the panel is: tsx compiles functions so that each one that is made costs something. */
export async function bundledCore(): Promise<typeof import("./core-rows.ts")> {
  const outfile = resolve("out/bench-core.mjs");
  await build({ entryPoints: [new URL("core-rows.ts", import.meta.url).pathname], bundle: true, format: "esm", platform: "node", outfile });
  return import(pathToFileURL(outfile).href);
}
