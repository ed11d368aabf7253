import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { angularCli } from "../../../src/servers/angular-cli.ts";
import { express } from "../../../src/servers/express.ts";
import { fastify } from "../../../src/servers/fastify.ts";
import { hono } from "../../../src/servers/hono.ts";
import { koa } from "../../../src/servers/koa.ts";
import { nestjs } from "../../../src/servers/nestjs.ts";
import { nextjsRewrites } from "../../../src/servers/nextjs-rewrites.ts";
import { nextjs } from "../../../src/servers/nextjs.ts";
import { nodeHttp } from "../../../src/servers/node-http.ts";
import type { Policy, Recipe } from "../../../src/servers/recipe.ts";
import { vite } from "../../../src/servers/vite.ts";
import { webpackDevServer } from "../../../src/servers/webpack-dev-server.ts";

const FULL: Policy = {
  origin: "https://app.example",
  credentials: true,
  methods: ["GET", "PUT", "DELETE"],
  headers: ["content-type", "x-request-id"],
  path: "/api/items",
  server: "https://api.example:8443",
};
const BARE: Policy = { ...FULL, credentials: false, methods: ["GET"], headers: [] };
const OPEN: Policy = { ...BARE, origin: "*" };
const WHOLE_SERVER: Policy = { ...FULL, origin: "http://[::1]:3000", path: "/" };
const PATTERN_LIKE: Policy = { ...FULL, path: "/v1/users:batch" };

interface Row {
  readonly recipe: Recipe;
  readonly file: string;
  /** For the policy FULL. */
  readonly text: string;
  /** What a line of FULL is for BARE, or that it is gone. */
  readonly bare: Readonly<Record<string, string | null>>;
  /** What a line of BARE is for OPEN, or that it is gone. */
  readonly open: Readonly<Record<string, string | null>>;
}

const ROWS: readonly Row[] = [
  {
    recipe: nodeHttp,
    file: "server.js",
    text: `function allowOrigin(request, response) {
  if (!request.url.startsWith("/api/items")) return false;
  response.setHeader("Access-Control-Allow-Origin", "https://app.example");
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Vary", "Origin");
  if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return false;
  response.writeHead(204, {
    "Access-Control-Allow-Methods": "GET, PUT, DELETE",
    "Access-Control-Allow-Headers": "content-type, x-request-id",
  });
  response.end();
  return true;
}
`,
    bare: {
      '  response.setHeader("Access-Control-Allow-Credentials", "true");': null,
      '    "Access-Control-Allow-Methods": "GET, PUT, DELETE",': '    "Access-Control-Allow-Methods": "GET",',
      '    "Access-Control-Allow-Headers": "content-type, x-request-id",': null,
    },
    open: {
      '  response.setHeader("Access-Control-Allow-Origin", "https://app.example");': '  response.setHeader("Access-Control-Allow-Origin", "*");',
      '  response.setHeader("Vary", "Origin");': null,
    },
  },
  {
    recipe: express,
    file: "app.js",
    text: `import cors from "cors";

app.use(
  "/api/items",
  cors({
    origin: "https://app.example",
    methods: ["GET", "PUT", "DELETE"],
    allowedHeaders: ["content-type", "x-request-id"],
    credentials: true,
  }),
);
`,
    bare: {
      '    methods: ["GET", "PUT", "DELETE"],': '    methods: ["GET"],',
      '    allowedHeaders: ["content-type", "x-request-id"],': "    allowedHeaders: [],",
      "    credentials: true,": null,
    },
    open: { '    origin: "https://app.example",': '    origin: "*",' },
  },
  {
    recipe: fastify,
    file: "server.js",
    text: `import cors from "@fastify/cors";

await fastify.register(cors, {
  origin: ["https://app.example"],
  methods: ["GET", "PUT", "DELETE"],
  allowedHeaders: ["content-type", "x-request-id"],
  credentials: true,
});
`,
    bare: {
      '  methods: ["GET", "PUT", "DELETE"],': '  methods: ["GET"],',
      '  allowedHeaders: ["content-type", "x-request-id"],': "  allowedHeaders: [],",
      "  credentials: true,": null,
    },
    open: { '  origin: ["https://app.example"],': '  origin: "*",' },
  },
  {
    recipe: koa,
    file: "app.js",
    text: `import cors from "@koa/cors";

app.use(
  cors({
    origin: "https://app.example",
    allowMethods: ["GET", "PUT", "DELETE"],
    allowHeaders: ["content-type", "x-request-id"],
    credentials: true,
  }),
);
`,
    bare: {
      '    allowMethods: ["GET", "PUT", "DELETE"],': '    allowMethods: ["GET"],',
      '    allowHeaders: ["content-type", "x-request-id"],': '    allowHeaders: ["accept"],',
      "    credentials: true,": null,
    },
    open: { '    origin: "https://app.example",': '    origin: "*",' },
  },
  {
    recipe: hono,
    file: "src/index.ts",
    text: `import { cors } from "hono/cors";

app.use(
  "/api/items/*",
  cors({
    origin: "https://app.example",
    allowMethods: ["GET", "PUT", "DELETE"],
    allowHeaders: ["content-type", "x-request-id"],
    credentials: true,
  }),
);
`,
    bare: {
      '    allowMethods: ["GET", "PUT", "DELETE"],': '    allowMethods: ["GET"],',
      '    allowHeaders: ["content-type", "x-request-id"],': '    allowHeaders: ["accept"],',
      "    credentials: true,": null,
    },
    open: { '    origin: "https://app.example",': '    origin: "*",' },
  },
  {
    recipe: nestjs,
    file: "src/main.ts",
    text: `app.enableCors({
  origin: ["https://app.example"],
  methods: ["GET", "PUT", "DELETE"],
  allowedHeaders: ["content-type", "x-request-id"],
  credentials: true,
});
`,
    bare: {
      '  methods: ["GET", "PUT", "DELETE"],': '  methods: ["GET"],',
      '  allowedHeaders: ["content-type", "x-request-id"],': "  allowedHeaders: [],",
      "  credentials: true,": null,
    },
    open: { '  origin: ["https://app.example"],': '  origin: "*",' },
  },
  {
    recipe: nextjs,
    file: "proxy.ts",
    text: `import { NextResponse, type NextRequest } from "next/server";

export const config = { matcher: "/api/items/:path*" };

const headers = {
  "Access-Control-Allow-Origin": "https://app.example",
  "Access-Control-Allow-Credentials": "true",
  Vary: "Origin",
};

const preflightHeaders = {
  ...headers,
  "Access-Control-Allow-Methods": "GET, PUT, DELETE",
  "Access-Control-Allow-Headers": "content-type, x-request-id",
};

export function proxy(request: NextRequest) {
  const isPreflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
  return isPreflight ? new NextResponse(null, { status: 204, headers: preflightHeaders }) : NextResponse.next({ headers });
}
`,
    bare: {
      '  "Access-Control-Allow-Credentials": "true",': null,
      '  "Access-Control-Allow-Methods": "GET, PUT, DELETE",': '  "Access-Control-Allow-Methods": "GET",',
      '  "Access-Control-Allow-Headers": "content-type, x-request-id",': null,
    },
    open: {
      '  "Access-Control-Allow-Origin": "https://app.example",': '  "Access-Control-Allow-Origin": "*",',
      '  Vary: "Origin",': null,
    },
  },
  {
    recipe: vite,
    file: "vite.config.ts",
    text: `import { defineConfig } from "vite";

export default defineConfig({
  server: {
    proxy: {
      "/api/items": {
        target: "https://api.example:8443",
        changeOrigin: true,
        cookieDomainRewrite: "",
      },
    },
  },
});
`,
    bare: { '        cookieDomainRewrite: "",': null },
    open: {},
  },
  {
    recipe: webpackDevServer,
    file: "webpack.config.js",
    text: `module.exports = {
  devServer: {
    proxy: [
      {
        context: ["/api/items"],
        target: "https://api.example:8443",
        changeOrigin: true,
        cookieDomainRewrite: "",
      },
    ],
  },
};
`,
    bare: { '        cookieDomainRewrite: "",': null },
    open: {},
  },
  {
    recipe: nextjsRewrites,
    file: "next.config.ts",
    text: `import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  async rewrites() {
    return [{ source: "/api/items/:path*", destination: "https://api.example:8443/api/items/:path*" }];
  },
};

export default nextConfig;
`,
    bare: {},
    open: {},
  },
  {
    recipe: angularCli,
    file: "src/proxy.conf.json",
    text: `{
  "/api/items": {
    "target": "https://api.example:8443",
    "changeOrigin": true,
    "cookieDomainRewrite": ""
  }
}
`,
    bare: { '    "changeOrigin": true,': '    "changeOrigin": true', '    "cookieDomainRewrite": ""': null },
    open: {},
  },
];

/** A text with some of its lines changed or gone; each has to be there. */
function changed(text: string, changes: Row["bare"]): string {
  const lines = text.split("\n");
  expect(lines).toEqual(expect.arrayContaining(Object.keys(changes)));
  return lines
    .map((line) => changes[line] === undefined ? line : changes[line])
    .filter((line) => line !== null)
    .join("\n");
}

describe.each(ROWS.map((row) => ({ ...row, id: row.recipe.id })))("$id", ({ recipe, file, text, bare, open }) => {
  test("with credentials", () => {
    expect(recipe.write(FULL)).toEqual({ file, text });
  });

  test("without credentials, and without headers", () => {
    expect(recipe.write(BARE).text).toBe(changed(text, bare));
  });

  test("for any origin", () => {
    expect(recipe.write(OPEN).text).toBe(changed(changed(text, bare), open));
  });

  test.each([FULL, BARE, OPEN, WHOLE_SERVER, PATTERN_LIKE])("is well-formed for %o", (policy) => {
    const written = recipe.write(policy);
    if (file.endsWith(".json")) JSON.parse(written.text);
    else transformSync(written.text, { loader: "ts", format: "esm" });
  });

  test.each([FULL, BARE, OPEN, WHOLE_SERVER])("says nothing that isn't in the policy: %o", (policy) => {
    const written = recipe.write(policy).text;
    const proxied = recipe.kind === "development-proxy";
    const said = proxied ? [policy.server] : [policy.origin, ...policy.methods, ...policy.headers];
    expect(said.filter((one) => !written.includes(one))).toEqual([]);
    expect(written).not.toMatch(/["']null["']/);
    expect(/["']\*["']/.test(written)).toBe(policy.origin === "*" && !proxied);
    expect(/credentials/i.test(written)).toBe(policy.credentials && !proxied);
  });
});

describe("paths", () => {
  test.each([
    [nodeHttp, '.startsWith("/")', '.startsWith("/v1/users:batch")'],
    [express, '  "/",', '  "/v1/users\\\\:batch",'],
    [hono, '  "/*",', '  "/v1/users:batch/*",'],
    [nextjs, 'matcher: "/:path*"', 'matcher: "/v1/users\\\\:batch/:path*"'],
    [vite, '"/": {', '"/v1/users:batch": {'],
    [webpackDevServer, 'context: ["/"]', 'context: ["/v1"]'],
    [nextjsRewrites, '"https://api.example:8443/:path*"', '"https://api.example:8443/v1/:path*"'],
    [angularCli, '"/": {', '"/v1": {'],
  ] as const)("$id: the whole server, and one that looks like a pattern", (recipe, whole, patternLike) => {
    expect(recipe.write(WHOLE_SERVER).text).toContain(whole);
    expect(recipe.write(PATTERN_LIKE).text).toContain(patternLike);
  });

  test("a slash at the end is not doubled", () => {
    expect([express, hono, nextjs, nextjsRewrites].filter((recipe) => recipe.write({ ...FULL, path: "/api/" }).text.includes("/api//"))).toEqual([]);
  });
});
