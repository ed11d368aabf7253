import { spawn } from "node:child_process";
import { netlify } from "../../src/servers/netlify.ts";
import { fetchApplication, writeFiles } from "./fetch-application.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A function, and the recipe's edge function in front of it, in what `netlify dev` is made of. */
export const netlifyRun: RecipeRun = {
  recipe: netlify,
  // The Deno that @netlify/dev asks for: with 2.9 it calls `deno eval` with an option that is no more.
  npm: { "@netlify/dev": "^5", deno: "~2.4.2" },
  start: async ({ folder, port, policy, text }) => {
    const paths = JSON.stringify([policy.path, `${policy.path}/*`]);
    writeFiles(folder, {
      "netlify/edge-functions/cors.ts": text,
      "netlify/functions/items.mts": fetchApplication(policy.path, null, (handler) => `export default ${handler};\nexport const config = { path: ${paths} };`),
      "netlify.toml": '[build]\npublish = "public"\n',
      "public/index.html": "",
      "serve.mjs": serve(port),
    });
    const env = { ...process.env, PATH: `${folder}/node_modules/.bin:${process.env["PATH"] ?? ""}`, DENO_NO_UPDATE_CHECK: "1" };
    return spawn(process.execPath, ["serve.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  },
};

function serve(port: number): string {
  return `import { createServer } from "node:http";
import { Readable } from "node:stream";
import { NetlifyDev } from "@netlify/dev";

const site = new NetlifyDev({
  projectRoot: process.cwd(),
  edgeFunctions: { enabled: true },
  functions: { enabled: true },
  blobs: { enabled: false },
  database: { enabled: false },
  aiGateway: { enabled: false },
  geolocation: { enabled: false },
  images: { enabled: false },
});
await site.start();

createServer(async (request, response) => {
  const found = await site.handleAndIntrospectNodeRequest(request);
  if (found === undefined) return response.writeHead(404).end();
  response.writeHead(found.response.status, [...found.response.headers].flat());
  if (found.response.body === null) response.end();
  else Readable.fromWeb(found.response.body).pipe(response);
}).listen(${port}, "127.0.0.1");
`;
}
