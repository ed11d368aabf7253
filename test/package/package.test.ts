import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** What is packed from a copy of the tracked files, in a folder whose name nobody knows: name and SHA-256 of each archive. */
async function packedFromCopy(copy: string): Promise<{ hashes: Record<string, string>; source: string[] }> {
  const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter((file) => file && !/^(test|docs|store)\//.test(file));
  for (const file of tracked) await cp(file, join(copy, file));
  await symlink(resolve("node_modules"), join(copy, "node_modules"), "dir");
  for (const script of ["build.mjs", "package.mjs"]) await run(process.execPath, [script], { cwd: copy });
  const folder = join(copy, "out/packages");
  const archives = await Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name))] as const));
  const source = archives.find(([name]) => name.endsWith("-source.zip"))?.[1] ?? new Uint8Array();
  return { hashes: Object.fromEntries(archives.map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")])), source: Object.keys(unzipSync(source)) };
}

test("two copies of the source, in folders of their own, are packed to the same bytes", async () => {
  const copies = await Promise.all(["a-", "a-much-longer-name-"].map((prefix) => mkdtemp(join(tmpdir(), prefix))));
  try {
    const [one, other] = await Promise.all(copies.map(packedFromCopy));
    expect(Object.keys(one?.hashes ?? {}).map((name) => name.replace(/.*-/, ""))).toEqual(["chrome.zip", "firefox.xpi", "source.zip"]);
    expect(other).toEqual(one);
    expect(one?.source).toEqual(expect.arrayContaining(["BUILDING.md", "package-lock.json", "extension/background.ts"]));
  } finally {
    for (const copy of copies) await rm(copy, { recursive: true, force: true });
  }
}, 120_000);
