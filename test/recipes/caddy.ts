import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { caddy } from "../../src/servers/caddy.ts";
import { startProxy } from "./proxied.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Caddy in front of an API. */
export const caddyRun: RecipeRun = {
  recipe: caddy,
  debian: ["caddy"],
  start: ({ folder, port, policy, text }) =>
    startProxy(policy.path, (upstream) => {
      const file = join(folder, "Caddyfile");
      writeFileSync(file, `{\n\tadmin off\n}\nhttp://127.0.0.1:${port} {\n\tbind 127.0.0.1\n${text ?? ""}\n\treverse_proxy ${upstream}\n}\n`);
      return ["env", `XDG_CONFIG_HOME=${folder}`, `XDG_DATA_HOME=${folder}`, "/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config", file];
    }),
};
