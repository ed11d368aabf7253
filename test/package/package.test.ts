import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";

const run = promisify(execFile);

type Archives = ReadonlyMap<string, Uint8Array>;

/** What is packed in a folder, whose name nobody knows: the bytes of each archive. */
async function packedIn(folder: string): Promise<Archives> {
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "dir");
  for (const script of ["build.mjs", "package.mjs"]) await run(process.execPath, [script], { cwd: folder });
  const packages = join(folder, "out/packages");
  return new Map(await Promise.all((await readdir(packages)).map(async (name) => [name, await readFile(join(packages, name))] as const)));
}

/** All files that git knows but the tests, as in a clone. */
async function cloned(folder: string): Promise<void> {
  const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter((file) => file && !/^(test|docs|store)\//.test(file));
  for (const file of tracked) await cp(file, join(folder, file));
}

async function unzipped(archive: Uint8Array, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(unzipSync(archive))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

const hashes = (archives: Archives): string[] => [...archives].map(([name, bytes]) => `${name.replace(/.*-/, "")} ${createHash("sha256").update(bytes).digest("hex")}`);

test("a clone, and the source archive that it gives, are packed to the same bytes", async () => {
  const [one = "", other = ""] = await Promise.all(["a-", "a-much-longer-name-"].map((prefix) => mkdtemp(join(tmpdir(), prefix))));
  try {
    await cloned(one);
    const archives = await packedIn(one);
    expect([...archives.keys()].map((name) => name.replace(/.*-/, ""))).toEqual(["chrome.zip", "firefox.xpi", "source.zip"]);
    const [source] = [...archives].flatMap(([name, bytes]) => (name.endsWith("-source.zip") ? [bytes] : []));
    await unzipped(source ?? new Uint8Array(), other);
    expect(await readdir(other)).toEqual(expect.arrayContaining(["BUILDING.md", "package-lock.json", "extension"]));
    expect(hashes(await packedIn(other))).toEqual(hashes(archives));
  } finally {
    for (const folder of [one, other]) await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
