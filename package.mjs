// `npm run package`: writes what the stores get into out/packages, the same bytes from every clone, and prints each file's SHA-256.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";

const FOLDER = "out/packages";

/** What the build reads, and what explains it to a reviewer. */
const SOURCES = ["ARCHITECTURE.md", "BUILDING.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PRIVACY.md", "README.md", "SECURITY.md", "build-npm.mjs", "build.mjs", "cli", "extension", "manifest.json", "package-lock.json", "package.json", "package.mjs", "src", "tsconfig.json"];

/** A zip has local times without a zone: the earliest that it can hold. */
const TIME = new Date(1980, 0, 1);
const ENTRY = { level: 9, mtime: TIME, os: 3, attrs: 0o100644 << 16 };

const { name, version } = JSON.parse(await readFile("package.json", "utf8"));

/** All files below a folder, or the file itself. */
async function filesOf(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  return (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** In a clone only what git knows; a source archive has nothing else. */
async function sourceFiles() {
  if (existsSync(".git")) return execFileSync("git", ["ls-files", "-z", "--", ...SOURCES], { encoding: "utf8" }).split("\0").filter(Boolean);
  return (await Promise.all(SOURCES.map(filesOf))).flat();
}

/** Writes files as a zip, with their names as seen from `root`, and says what came of it. */
async function pack(archive, root, files) {
  const entries = {};
  for (const file of files.map((path) => path.slice(root.length).replaceAll("\\", "/")).sort()) entries[file] = [await readFile(join(root, file)), ENTRY];
  const bytes = zipSync(entries);
  await writeFile(join(FOLDER, archive), bytes);
  console.log(`${archive}  ${bytes.length} bytes  ${createHash("sha256").update(bytes).digest("hex")}`);
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await pack(`${name}-${version}-chrome.zip`, "dist/chrome/", await filesOf("dist/chrome"));
await pack(`${name}-${version}-firefox.xpi`, "dist/firefox/", await filesOf("dist/firefox"));
await pack(`${name}-${version}-source.zip`, "", await sourceFiles());
