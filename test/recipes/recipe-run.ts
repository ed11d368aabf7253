import type { ChildProcess } from "node:child_process";
import type { Policy, Recipe } from "../../src/servers/recipe.ts";

/** How a recipe is run for real: a server that knows nothing of CORS, and the same with the generated text in it. */
export interface RecipeRun {
  readonly recipe: Recipe;
  /** Debian packages that it needs. */
  readonly debian?: readonly string[];
  /** npm packages that it needs, as `name: version range`; installed into `folder`. */
  readonly npm?: Readonly<Record<string, string>>;
  /**
   * Writes what the server needs into an empty folder and starts it on a port of 127.0.0.1. It answers GET, PUT and POST
   * at `policy.path` with 200 and `{"ok":true}`, and at `<policy.path>/missing` with 404.
   * @param text the recipe's, in its place; null: a server as it is before anybody thinks of CORS
   */
  start(place: { folder: string; port: number; policy: Policy; text: string | null }): Promise<ChildProcess>;
}
