import type { Policy, Recipe } from "./recipe.ts";

/**
 * IIS 7.5 and later with the IIS CORS module, which answers preflights before other modules see them, and adds `Vary: Origin`
 * unless the only rule is `*` (https://learn.microsoft.com/en-us/iis/extensions/cors-module/cors-module-configuration-reference).
 */
export const iis: Recipe = {
  id: "iis",
  name: "IIS",
  kind: "web-server",
  write: (policy) => ({ file: "web.config", text: webConfig(policy) }),
};

function webConfig({ origin, credentials, methods, headers }: Policy): string {
  const allowHeaders = headers.length === 0 ? "" : `        <allowHeaders>\n${headers.map((header) => `          <add header="${header}" />\n`).join("")}        </allowHeaders>\n`;
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <cors enabled="true">
      <add origin="${origin}"${credentials ? ` allowCredentials="true"` : ""}>
${allowHeaders}        <allowMethods>
${methods.map((method) => `          <add method="${method}" />\n`).join("")}        </allowMethods>
      </add>
    </cors>
  </system.webServer>
</configuration>
`;
}
