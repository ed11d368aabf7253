// Writes dist/chrome and dist/firefox, each loadable as it is, dist/npm, and dist/judge.js. `--watch` isn't needed: a build takes a few seconds.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildJudge, buildPackage } from "./build-npm.mjs";

const manifest = JSON.parse(await readFile("manifest.json", "utf8"));
const { version } = JSON.parse(await readFile("package.json", "utf8"));

const targets = {
  chrome: { target: `chrome${manifest.minimum_chrome_version}`, background: ({ service_worker, type }) => ({ service_worker, type }) },
  firefox: {
    target: `firefox${parseInt(manifest.browser_specific_settings.gecko.strict_min_version, 10)}`,
    background: ({ scripts, type }) => ({ scripts, type }),
  },
};

await rm("dist", { recursive: true, force: true });
for (const [name, { target, background }] of Object.entries(targets)) {
  const outdir = `dist/${name}`;
  await mkdir(outdir, { recursive: true });
  const options = { outdir, bundle: true, format: "esm", target, jsx: "automatic", jsxImportSource: "preact", legalComments: "none", minify: true };
  // A worker loads all of its code each time that it starts, so each is a file of its own; pages load parts when they are needed.
  await Promise.all([
    build({ ...options, entryPoints: { background: "extension/background.ts" } }),
    build({ ...options, entryPoints: { "import-worker": "extension/import-worker.ts" } }),
    build({ ...options, entryPoints: { devtools: "extension/devtools.ts", panel: "extension/panel/main.tsx" }, splitting: true, chunkNames: "parts/[name]-[hash]" }),
  ]);
  for (const file of ["devtools.html", "panel.html", "panel.css", "icons", "_locales"]) {
    await cp(`extension/${file}`, `${outdir}/${file}`, { recursive: true, filter: (source) => !source.endsWith(".svg") });
  }
  const own = { ...manifest, version, background: background(manifest.background) };
  // Each browser warns of what is only the other's.
  delete own[name === "chrome" ? "browser_specific_settings" : "minimum_chrome_version"];
  await writeFile(`${outdir}/manifest.json`, `${JSON.stringify(own, null, 2)}\n`);
}
await Promise.all([buildPackage(), buildJudge()]);
console.log("dist/chrome, dist/firefox, dist/npm and dist/judge.js are built");
