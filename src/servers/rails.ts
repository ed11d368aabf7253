import type { Policy, Recipe } from "./recipe.ts";
import { subtreePattern, trunk } from "./writing/path.ts";

/**
 * rack-cors 1 to 3. At place 0 it answers preflights before anything else; a resource that ends in `/*` has the path
 * before it too, and `*`, `:` and brackets make a pattern of it, hence a regular expression instead; credentials are off unless
 * said, and `Vary: Origin` is added for each path of a resource
 * (https://github.com/cyu/rack-cors, https://github.com/cyu/rack-cors/blob/master/lib/rack/cors/resource.rb).
 */
export const rails: Recipe = {
  id: "rails",
  name: "Ruby on Rails",
  kind: "framework",
  write: (policy) => ({ file: "config/initializers/cors.rb", text: text(policy) }),
};

function text({ origin, credentials, methods, headers, path }: Policy): string {
  const options = [
    ...(headers.length === 0 ? [] : [`headers: %w[${headers.join(" ")}]`]),
    `methods: %i[${methods.join(" ").toLowerCase()}]`,
    ...(credentials ? ["credentials: true"] : []),
  ];
  return `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "${origin}"
    resource ${resource(path)},
      ${options.join(",\n      ")}
  end
end
`;
}

function resource(path: string): string {
  const pattern = /[:*[\]]/.test(path) ? subtreePattern(path) : null;
  return pattern === null ? `"${trunk(path)}/*"` : `%r{${pattern.replace("^", "\\A")}}`;
}
