// Writes dist/npm, the package, and dist/judge.js, one file for where there is nothing but the language.
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const NODE = "20.12";
const BARE = "cli/bare";

/** The command, the module and its types, ready for `npm pack`. */
export async function buildPackage() {
  const { version, description, license } = JSON.parse(await readFile("package.json", "utf8"));
  await mkdir("dist/npm", { recursive: true });
  const shared = { bundle: true, format: "esm", legalComments: "none", charset: "utf8" };
  await Promise.all([
    build({ ...shared, entryPoints: ["cli/main.ts"], outfile: "dist/npm/cli.js", platform: "node", target: `node${NODE}`, banner: { js: "#!/usr/bin/env node" } }),
    build({ ...shared, entryPoints: ["cli/index.ts"], outfile: "dist/npm/index.js", platform: "neutral", target: "es2022" }),
    types(),
    copyFile("LICENSE", "dist/npm/LICENSE"),
    readme(),
  ]);
  const own = {
    name: "cors-explainer",
    version,
    description,
    license,
    type: "module",
    keywords: ["cors", "har", "preflight", "fetch", "devtools", "cli"],
    engines: { node: `>=${NODE}` },
    bin: { "cors-explainer": "cli.js" },
    exports: { ".": { types: "./types/cli/index.d.ts", default: "./index.js" } },
    types: "./types/cli/index.d.ts",
    files: ["cli.js", "index.js", "types"],
    sideEffects: false,
  };
  await writeFile("dist/npm/package.json", `${JSON.stringify(own, null, 2)}\n`);
}

/** A classic script for engines without a browser or Node: `corsExplainer.judgeHar`, `judgeEntry`. */
export async function buildJudge() {
  await build({
    entryPoints: ["cli/index.ts"],
    outfile: "dist/judge.js",
    bundle: true,
    format: "iife",
    globalName: "corsExplainer",
    target: "es2020",
    platform: "neutral",
    mainFields: ["main"],
    // Not the native one, even where there is one: the same file has to give the same verdicts everywhere.
    inject: ["later", "url", "utf8"].map((name) => `${BARE}/${name}.ts`),
    minify: true,
    charset: "utf8",
    legalComments: "none",
  });
}

/** What `index.d.ts` needs of what the compiler writes, and nothing else. */
async function types() {
  const all = "dist/types";
  await promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--rootDir", ".", "--outDir", all]);
  const wanted = [join(all, "cli/index.d.ts")];
  for (const file of wanted) {
    const text = (await readFile(file, "utf8")).replace(/(from "\.[^"]*)\.ts"/g, '$1.js"');
    for (const [, path] of text.matchAll(/from "(\.[^"]*)\.js"/g)) {
      const needed = join(dirname(file), `${path}.d.ts`);
      if (!wanted.includes(needed)) wanted.push(needed);
    }
    const target = join("dist/npm/types", relative(all, file));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await rm(all, { recursive: true });
}

/** The README's part on the command line. */
async function readme() {
  const text = await readFile("README.md", "utf8");
  const [, part = ""] = /<!-- npm -->\n([^]*?)<!-- \/npm -->/.exec(text) ?? [];
  const published = part.replace(/\n<!-- until it is on npm -->[^]*?<!-- \/until it is on npm -->\n/, "");
  await writeFile("dist/npm/README.md", `# CORS Explainer\n\n${published.trim().replace(/^##(#*) /gm, "#$1 ").replace(/^# /gm, "## ")}\n`);
}

if (process.argv[1] === import.meta.filename) await Promise.all([buildPackage(), buildJudge()]);
