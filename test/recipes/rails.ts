import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rails } from "../../src/servers/rails.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runFile } from "./server-process.ts";

/** A Rails application without a database, in production, on Puma. */
export const railsRun: RecipeRun = {
  recipe: rails,
  debian: ["ruby-rack-cors", "ruby-railties", "ruby-actionpack", "puma"],
  start: async ({ folder, port, policy, text }) => {
    mkdirSync(join(folder, "config/initializers"), { recursive: true });
    if (text !== null) writeFileSync(join(folder, "config/initializers/cors.rb"), text);
    return runFile(folder, "config.ru", application(policy.path), ["/usr/bin/puma", "--bind", `tcp://127.0.0.1:${port}`, "config.ru"], { RAILS_ENV: "production", RACK_ENV: "production" });
  },
};

function application(path: string): string {
  return `require "action_controller/railtie"
require "rack/cors"

class Application < Rails::Application
  config.root = __dir__
  config.eager_load = false
  config.secret_key_base = "for this run only"
  config.logger = Logger.new(nil)
end

Application.initialize!
Application.routes.draw do
  match "${path}", to: ->(_) { [200, { "Content-Type" => "application/json" }, ['{"ok":true}']] }, via: %i[get put post]
end

run Application
`;
}
