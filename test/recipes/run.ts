/** `npm run recipes [-- ID …]`: starts each server with the text of its recipe in it, and sees in a browser whether it does what it says. */
import { fileURLToPath } from "node:url";
import type { Browser } from "puppeteer-core";
import { runCrossOrigin } from "./cross-origin.ts";
import { runDevelopmentProxy } from "./development-proxy.ts";
import type { Expectation } from "./expectation.ts";
import { emptyFolder, installDebian, installedVersion } from "./packages.ts";
import { launchBrowser, serveOrigins, type Origins } from "./pages.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { RUNS } from "./runs.ts";

const folderOf = (id: string) => fileURLToPath(new URL(`../../out/recipes/${id}`, import.meta.url));

function chosen(ids: readonly string[]): readonly RecipeRun[] {
  const unknown = ids.find((id) => !RUNS.some(({ recipe }) => recipe.id === id));
  if (unknown !== undefined) throw new Error(`No run named ${unknown}; there are ${RUNS.map(({ recipe }) => recipe.id).join(", ")}`);
  return ids.length === 0 ? RUNS : RUNS.filter(({ recipe }) => ids.includes(recipe.id));
}

/** @returns the line about a recipe, and whether it passed */
async function report(recipeRun: RecipeRun, browser: Browser, origins: Origins): Promise<{ line: string; passed: boolean }> {
  const { id, kind } = recipeRun.recipe;
  const folder = folderOf(id);
  try {
    installDebian(recipeRun.debian ?? []);
    emptyFolder(folder, recipeRun.npm);
    const name = `${id} (${installedVersion(folder, recipeRun)})`;
    const place = { folder, browser: browser.process()?.pid ?? 0 };
    const expectations = kind === "development-proxy" ? await runDevelopmentProxy(recipeRun, place, browser) : await runCrossOrigin(recipeRun, place, browser, origins);
    const disappointed = expectations.filter(({ holds }) => !holds);
    const passed = disappointed.every(({ optional }) => optional);
    return { line: `${name}: ${passed ? "passed" : "FAILED"}${disappointed.map(told).join("")}`, passed };
  } catch (error) {
    return { line: `${id}: FAILED: ${error instanceof Error ? error.message : String(error)}`, passed: false };
  }
}

function told({ what, optional }: Expectation): string {
  return `\n  ${optional ? "can't" : "not so"}: ${what}`;
}

async function main(): Promise<void> {
  const runs = chosen(process.argv.slice(2));
  const origins = await serveOrigins();
  const browser = await launchBrowser();
  let failed = 0;
  try {
    for (const recipeRun of runs) {
      const { line, passed } = await report(recipeRun, browser, origins);
      if (!passed) failed += 1;
      process.stdout.write(`${line}\n`);
    }
  } finally {
    await browser.close();
    origins.close();
  }
  process.stdout.write(`${runs.length - failed} passed, ${failed} failed\n`);
  process.exit(failed === 0 ? 0 : 1);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
