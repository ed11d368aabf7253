import type { Policy, Recipe } from "./recipe.ts";
import { trunk } from "./writing/path.ts";

/**
 * Laravel 11 and later: HandleCors is among the global middleware, and what `php artisan config:publish cors` writes is
 * its configuration (https://laravel.com/docs/12.x/routing#cors). Paths are compared as `$request->is()` does, without a
 * slash in front. A single origin is sent whoever asks, so that no `Vary` is needed
 * (https://github.com/fruitcake/php-cors/blob/master/src/CorsService.php).
 */
export const laravel: Recipe = {
  id: "laravel",
  name: "Laravel",
  kind: "framework",
  write: (policy) => ({ file: "config/cors.php", text: text(policy) }),
};

function text({ origin, credentials, methods, headers, path }: Policy): string {
  const inside = trunk(path).slice(1);
  return `<?php

return [
    'paths' => [${listed(inside === "" ? ["*"] : [inside, `${inside}/*`])}],
    'allowed_methods' => [${listed(methods)}],
    'allowed_origins' => ['${origin}'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => [${listed(headers)}],
    'exposed_headers' => [],
    'max_age' => 0,
    'supports_credentials' => ${credentials},
];
`;
}

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}
