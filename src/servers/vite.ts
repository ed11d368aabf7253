import type { Recipe } from "./recipe.ts";
import { indented, text } from "./writing/lines.ts";
import { quoted } from "./writing/literals.ts";
import { proxied } from "./writing/proxied.ts";

/** Vite 8. A key is the beginning of a path, and what is asked for goes on to the same path (https://vite.dev/config/server-options#server-proxy). */
export const vite: Recipe = {
  id: "vite",
  name: "Vite",
  kind: "development-proxy",
  write: (policy) => ({
    file: "vite.config.ts",
    text: text(
      'import { defineConfig } from "vite";',
      "",
      "export default defineConfig({",
      ...indented(["server: {", ...indented(["proxy: {", ...indented([`${quoted(policy.path)}: {`, ...indented(proxied(policy)), "},"]), "},"]), "},"]),
      "});",
    ),
  }),
};
