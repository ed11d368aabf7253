import { build, type Metafile } from "esbuild";
import { type Figure, figure } from "./figure.ts";
import { spreadOf } from "./numbers.ts";

/** As build.mjs has them: what shares parts is built together. */
const BUILDS: readonly Readonly<Record<string, string>>[] = [
  { background: "extension/background.ts" },
  { "import-worker": "extension/import-worker.ts" },
  { devtools: "extension/devtools.ts", panel: "extension/panel/main.tsx" },
];

const MOST = 6;

/** What fills each bundle: the largest packages and folders in it. Parts that the panel loads later aren't counted. */
export async function bundleParts(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const entryPoints of BUILDS) {
    const { metafile } = await build({ entryPoints, outdir: "out/bench-size", bundle: true, format: "esm", target: "chrome120", jsx: "automatic", jsxImportSource: "preact", legalComments: "none", minify: true, splitting: Object.keys(entryPoints).length > 1, chunkNames: "parts/[name]-[hash]", metafile: true, write: false });
    for (const name of Object.keys(entryPoints)) {
      const largest = [...bytesByGroup(metafile, `out/bench-size/${name}.js`)].sort(([, a], [, b]) => b - a).slice(0, MOST);
      figures.push(...largest.map(([group, bytes]) => figure("in the bundles", `${name}.js: ${group}`, "kB", spreadOf([bytes / 1000]))));
    }
  }
  return figures;
}

function bytesByGroup({ outputs }: Metafile, output: string): Map<string, number> {
  const bytes = new Map<string, number>();
  const add = (path: string, seen: Set<string>): void => {
    const found = outputs[path];
    if (found === undefined || seen.has(path)) return;
    seen.add(path);
    for (const [input, { bytesInOutput }] of Object.entries(found.inputs)) bytes.set(groupOf(input), (bytes.get(groupOf(input)) ?? 0) + bytesInOutput);
    // What is imported at once is loaded with it.
    for (const { path: next, kind } of found.imports) if (kind === "import-statement") add(next, seen);
  };
  add(output, new Set());
  return bytes;
}

/** The package, or the folder. */
function groupOf(input: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
  return inPackage ?? input.slice(0, input.lastIndexOf("/"));
}
