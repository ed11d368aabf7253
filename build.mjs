// Writes dist/chrome and dist/firefox, each loadable as it is. `--watch` isn't needed: a build takes a second.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

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
  await build({
    entryPoints: { background: "extension/background.ts", devtools: "extension/devtools.ts", panel: "extension/panel/main.tsx" },
    outdir,
    bundle: true,
    format: "esm",
    target,
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
  });
  for (const file of ["devtools.html", "panel.html", "panel.css", "icons", "_locales"]) {
    await cp(`extension/${file}`, `${outdir}/${file}`, { recursive: true, filter: (source) => !source.endsWith(".svg") });
  }
  const own = { ...manifest, version, background: background(manifest.background) };
  // Each browser warns of what is only the other's.
  delete own[name === "chrome" ? "browser_specific_settings" : "minimum_chrome_version"];
  await writeFile(`${outdir}/manifest.json`, `${JSON.stringify(own, null, 2)}\n`);
}
console.log("dist/chrome and dist/firefox are built");
