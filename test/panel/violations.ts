import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Shown } from "./shown.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core has to say against all that the panel shows, in both themes; a line for each element that breaks a rule.
 * https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
 */
export async function violations({ evaluate }: Shown): Promise<string[]> {
  if (!(await evaluate<boolean>(`"axe" in window`))) await evaluate(`(() => { ${source}\n; return null; })()`);
  return evaluate(async (tags) => {
    const axe: unknown = Reflect.get(window, "axe");
    if (!isAxe(axe)) throw new Error("there is no axe-core");
    const { dataset } = document.documentElement;
    const before = dataset["theme"];
    const found: string[] = [];
    const look = async (options: object): Promise<void> => {
      // A colour on its way is neither what it was nor what it will be.
      await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
      const results = await axe.run(document, { ...options, resultTypes: ["violations"], elementRef: false });
      for (const { id, nodes } of results.violations) {
        for (const { target, html, failureSummary } of nodes) found.push(`${dataset["theme"]} ${id} ${target.join(" ")} ${html.slice(0, 160)} ${(failureSummary ?? "").replace(/\s+/g, " ").slice(0, 240)}`);
      }
    };
    await look({ runOnly: { type: "tag", values: tags } });
    // A theme changes colours and nothing else.
    dataset["theme"] = before === "dark" ? "light" : "dark";
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await look({ runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } });
    dataset["theme"] = before;
    return found;

    function isAxe(value: unknown): value is { run(context: Document, options: object): Promise<AxeResults> } {
      return typeof value === "object" && value !== null && "run" in value;
    }
  }, TAGS);
}
