import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const TEXT = readFileSync("SECURITY.md", "utf8");
const MANIFEST: { permissions: string[]; host_permissions: string[]; content_security_policy: { extension_pages: string } } & Record<string, unknown> = JSON.parse(readFileSync("manifest.json", "utf8"));

/** The cells of each row of a table, but for its head. */
function table(heading: string): string[][] {
  const part = TEXT.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  const lines = part.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
}

const THREATS = table("Threats").filter(([, , tests = ""]) => tests !== "");
const NAMED = THREATS.flatMap(([threat = "", , tests = ""]) => {
  const [, ...files] = tests.split(/`(test\/[^`]+)`: /);
  return files.flatMap((part, index) => (index % 2 === 0 ? [...(files[index + 1] ?? "").matchAll(/“([^”]+)”/g)].map(([, name = ""]) => ({ threat, file: part, name })) : []));
});

test("every threat has a defence and a test", () => {
  expect(THREATS.length).toBeGreaterThan(20);
  expect(THREATS.filter((cells) => cells.length !== 3 || cells.includes(""))).toEqual([]);
  expect(THREATS.map(([threat]) => threat).filter((threat) => !NAMED.some((named) => named.threat === threat))).toEqual([]);
});

test.each(NAMED)("$file has the test “$name”", ({ file, name }) => {
  // One that is skipped or commented out defends nothing.
  const titles = [...readFileSync(file, "utf8").matchAll(/^ *(?:test|describe)(?:\.concurrent)?(?:\.each)?(?:<[^\n]*?>\(\[[^]*?\n *\]\)|\([^\n]*?\))?\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/gm)].map(([, plain, composed]) => plain ?? composed);
  expect(titles).toContain(name);
});

test("each permission is asked for, and justified in one sentence", () => {
  const rows = table("Permissions");
  expect(rows.map(([name]) => name?.replaceAll("`", ""))).toEqual([...MANIFEST.permissions, ...MANIFEST.host_permissions]);
  expect(rows.filter(([, why = ""]) => !/^[^.]+(\.[^. ]+[^.]*)*\.$/.test(why))).toEqual([]);
});

test("the manifest opens nothing to pages and other extensions, and its policy is the one that SECURITY.md tells", () => {
  for (const key of ["externally_connectable", "web_accessible_resources", "content_scripts", "sandbox", "optional_permissions", "optional_host_permissions"]) expect(MANIFEST).not.toHaveProperty(key);
  const policy = MANIFEST.content_security_policy.extension_pages;
  expect(TEXT).toContain(policy.split("; ").join(";\n"));
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
});
