import type { Recipe } from "./recipe.ts";
import { indented, text } from "./writing/lines.ts";
import { quoted } from "./writing/literals.ts";
import { plain, trunk } from "./writing/path.ts";

/**
 * Next.js 15 and 16: a rewrite to another server is passed on, with that server's name as Host; `/x/:path*` is also `/x`
 * (https://nextjs.org/docs/app/api-reference/config/next-config-js/rewrites#rewriting-to-an-external-url).
 */
export const nextjsRewrites: Recipe = {
  id: "nextjs-rewrites",
  name: "Next.js rewrites",
  kind: "development-proxy",
  write: ({ path, server }) => {
    const below = `${trunk(plain(path))}/:path*`;
    return {
      file: "next.config.ts",
      text: text(
        'import type { NextConfig } from "next";',
        "",
        "const nextConfig: NextConfig = {",
        ...indented(["async rewrites() {", ...indented([`return [{ source: ${quoted(below)}, destination: ${quoted(`${server}${below}`)} }];`]), "},"]),
        "};",
        "",
        "export default nextConfig;",
      ),
    };
  },
};
