import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { awsApiGatewayHttp } from "../../../src/servers/aws-api-gateway-http.ts";
import { awsApiGatewayRest } from "../../../src/servers/aws-api-gateway-rest.ts";
import { awsLambdaUrl } from "../../../src/servers/aws-lambda-url.ts";
import { awsS3 } from "../../../src/servers/aws-s3.ts";
import { azureFunctions } from "../../../src/servers/azure-functions.ts";
import { cloudflareWorkers } from "../../../src/servers/cloudflare-workers.ts";
import { cloudfront } from "../../../src/servers/cloudfront.ts";
import { firebase } from "../../../src/servers/firebase.ts";
import { googleCloudStorage } from "../../../src/servers/google-cloud-storage.ts";
import { netlify } from "../../../src/servers/netlify.ts";
import type { Policy, Recipe } from "../../../src/servers/recipe.ts";
import { supabaseEdge } from "../../../src/servers/supabase-edge.ts";
import { vercel } from "../../../src/servers/vercel.ts";

const FULL: Policy = {
  origin: "https://app.example",
  credentials: true,
  methods: ["GET", "PUT"],
  headers: ["content-type", "x-request-id"],
  path: "/api/items",
  server: "https://api.example",
};
const PLAIN: Policy = { ...FULL, credentials: false, headers: [] };
const ANYBODY: Policy = { ...FULL, credentials: false, origin: "*" };

const ALL: readonly Recipe[] = [
  awsS3,
  awsApiGatewayHttp,
  awsApiGatewayRest,
  awsLambdaUrl,
  cloudfront,
  cloudflareWorkers,
  azureFunctions,
  googleCloudStorage,
  firebase,
  supabaseEdge,
  netlify,
  vercel,
];

/** What a text has that another policy's doesn't, as lines without what is around them. */
function differing({ write }: Recipe, policy: Policy, other: Policy): string[] {
  const lines = (one: Policy) => write(one).text.split("\n").map((line) => line.trim());
  const theirs = new Set(lines(other));
  return [...new Set(lines(policy))].filter((line) => !theirs.has(line));
}

const WITH_CORS = `export function withCors<Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Response | Promise<Response>) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    const preflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
    let answer = new Response(null, { status: 204 });
    try {
      if (!preflight) answer = await handler(request, ...rest);
    } catch (error) {
      console.error(error);
      answer = new Response("Internal Server Error", { status: 500 });
    }
    const response = new Response(answer.body, answer);
    response.headers.set("Access-Control-Allow-Origin", "https://app.example");
    response.headers.set("Access-Control-Allow-Credentials", "true");
    response.headers.append("Vary", "Origin");
    if (preflight) {
      response.headers.set("Access-Control-Allow-Methods", "GET, PUT");
      response.headers.set("Access-Control-Allow-Headers", "content-type, x-request-id");
    }
    return response;
  };
}
`;

const EXACT: readonly (readonly [recipe: Recipe, file: string, text: string])[] = [
  [
    awsS3,
    "cors.json",
    `[
  {
    "AllowedOrigins": [
      "https://app.example"
    ],
    "AllowedMethods": [
      "GET",
      "PUT"
    ],
    "AllowedHeaders": [
      "content-type",
      "x-request-id"
    ]
  }
]
`,
  ],
  [
    awsApiGatewayHttp,
    "template.yaml",
    `Resources:
  HttpApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ["https://app.example"]
        AllowMethods: ["GET", "PUT"]
        AllowHeaders: ["content-type", "x-request-id"]
        AllowCredentials: true
`,
  ],
  [
    awsApiGatewayRest,
    "template.yaml",
    `Resources:
  RestApi:
    Type: AWS::Serverless::Api
    Properties:
      Cors:
        AllowOrigin: "'https://app.example'"
        AllowMethods: "'GET,PUT'"
        AllowHeaders: "'content-type,x-request-id'"
        AllowCredentials: true
      Auth:
        AddDefaultAuthorizerToCorsPreflight: false
        AddApiKeyRequiredToCorsPreflight: false
      GatewayResponses:
        DEFAULT_4XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: "'https://app.example'"
              Access-Control-Allow-Credentials: "'true'"
              Vary: "'Origin'"
        DEFAULT_5XX:
          ResponseParameters:
            Headers:
              Access-Control-Allow-Origin: "'https://app.example'"
              Access-Control-Allow-Credentials: "'true'"
              Vary: "'Origin'"
`,
  ],
  [
    awsLambdaUrl,
    "template.yaml",
    `Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      FunctionUrlConfig:
        Cors:
          AllowOrigins: ["https://app.example"]
          AllowMethods: ["GET", "PUT"]
          AllowHeaders: ["content-type", "x-request-id"]
          AllowCredentials: true
`,
  ],
  [
    cloudfront,
    "template.yaml",
    `Resources:
  CorsHeaders:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: cors-headers
        CorsConfig:
          AccessControlAllowOrigins: { Items: ["https://app.example"] }
          AccessControlAllowMethods: { Items: ["GET", "PUT"] }
          AccessControlAllowHeaders: { Items: ["content-type", "x-request-id"] }
          AccessControlAllowCredentials: true
          OriginOverride: true
  CorsPreflight:
    Type: AWS::CloudFront::Function
    Properties:
      Name: cors-preflight
      AutoPublish: true
      FunctionConfig: { Comment: Answers preflights, Runtime: cloudfront-js-2.0 }
      FunctionCode: |
        function handler(event) {
          const request = event.request;
          if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"]) return request;
          return {
            statusCode: 204,
            statusDescription: "No Content",
            headers: {
              "access-control-allow-origin": { value: "https://app.example" },
              "access-control-allow-credentials": { value: "true" },
              "vary": { value: "Origin" },
              "access-control-allow-methods": { value: "GET, PUT" },
              "access-control-allow-headers": { value: "content-type, x-request-id" },
            },
          };
        }
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
          ResponseHeadersPolicyId: !Ref CorsHeaders
          FunctionAssociations:
            - EventType: viewer-request
              FunctionARN: !GetAtt CorsPreflight.FunctionMetadata.FunctionARN
`,
  ],
  [cloudflareWorkers, "src/cors.ts", WITH_CORS],
  [
    azureFunctions,
    "Azure CLI",
    `az functionapp cors add --name MY_APP --resource-group MY_GROUP --allowed-origins "https://app.example"
az functionapp cors credentials --name MY_APP --resource-group MY_GROUP --enable true
`,
  ],
  [
    googleCloudStorage,
    "cors.json",
    `[
  {
    "origin": [
      "https://app.example"
    ],
    "method": [
      "GET",
      "PUT"
    ],
    "responseHeader": [
      "content-type",
      "x-request-id"
    ]
  }
]
`,
  ],
  [
    firebase,
    "functions/src/cors.ts",
    `import cors from "cors";
import type { Response } from "express";
import type { Request } from "firebase-functions/https";

const allow = cors({
  origin: "https://app.example",
  methods: ["GET", "PUT"],
  allowedHeaders: ["content-type", "x-request-id"],
  credentials: true,
});

export function withCors(handler: (request: Request, response: Response) => void | Promise<void>) {
  return (request: Request, response: Response) =>
    new Promise<void>((resolve) => {
      response.on("finish", resolve);
      allow(request, response, () => resolve(handler(request, response)));
    });
}
`,
  ],
  [supabaseEdge, "supabase/functions/_shared/cors.ts", WITH_CORS],
  [
    netlify,
    "netlify/edge-functions/cors.ts",
    `import type { Config, Context } from "@netlify/edge-functions";

export default async (request: Request, context: Context) => {
  const preflight = request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
  const response = preflight ? new Response(null, { status: 204 }) : await context.next();
  response.headers.set("Access-Control-Allow-Origin", "https://app.example");
  response.headers.set("Access-Control-Allow-Credentials", "true");
  response.headers.append("Vary", "Origin");
  if (preflight) {
    response.headers.set("Access-Control-Allow-Methods", "GET, PUT");
    response.headers.set("Access-Control-Allow-Headers", "content-type, x-request-id");
  }
  return response;
};

export const config: Config = { path: ["/api/items", "/api/items/*"] };
`,
  ],
  [vercel, "lib/cors.ts", WITH_CORS],
];

test.each(EXACT)("$id", ({ write }, file, text) => {
  expect(write(FULL)).toEqual({ file, text });
});

const NO_CREDENTIALS_HEADER = 'response.headers.delete("Access-Control-Allow-Credentials");';

/** Without credentials and headers: what that text has instead, and what it lacks. */
const LESS: readonly (readonly [recipe: Recipe, instead: readonly string[], lacking: readonly string[]])[] = [
  [awsS3, [], ['"AllowedHeaders": [', '"content-type",', '"x-request-id"']],
  [awsApiGatewayHttp, [], ['AllowHeaders: ["content-type", "x-request-id"]', "AllowCredentials: true"]],
  [awsApiGatewayRest, [], [`AllowHeaders: "'content-type,x-request-id'"`, "AllowCredentials: true", `Access-Control-Allow-Credentials: "'true'"`]],
  [awsLambdaUrl, [], ['AllowHeaders: ["content-type", "x-request-id"]', "AllowCredentials: true"]],
  [
    cloudfront,
    ['AccessControlAllowHeaders: { Items: ["accept"] }', "AccessControlAllowCredentials: false"],
    [
      'AccessControlAllowHeaders: { Items: ["content-type", "x-request-id"] }',
      "AccessControlAllowCredentials: true",
      '"access-control-allow-credentials": { value: "true" },',
      '"access-control-allow-headers": { value: "content-type, x-request-id" },',
    ],
  ],
  [azureFunctions, [], ["az functionapp cors credentials --name MY_APP --resource-group MY_GROUP --enable true"]],
  [googleCloudStorage, [], ['"responseHeader": [', '"content-type",', '"x-request-id"']],
  [firebase, ["allowedHeaders: [],"], ['allowedHeaders: ["content-type", "x-request-id"],', "credentials: true,"]],
  ...[cloudflareWorkers, supabaseEdge, netlify, vercel].map(
    (recipe) =>
      [
        recipe,
        [NO_CREDENTIALS_HEADER],
        ['response.headers.set("Access-Control-Allow-Credentials", "true");', 'response.headers.set("Access-Control-Allow-Headers", "content-type, x-request-id");'],
      ] as const,
  ),
];

test.each(LESS)("$id without credentials and headers", (recipe, instead, lacking) => {
  expect(differing(recipe, PLAIN, FULL)).toEqual(instead);
  expect(differing(recipe, FULL, PLAIN)).toEqual(lacking);
});

/** For whatever origin: what that text has instead, and what it lacks. */
const OPEN: readonly (readonly [recipe: Recipe, instead: readonly string[], lacking: readonly string[]])[] = [
  [awsS3, ['"*"'], ['"https://app.example"']],
  [awsApiGatewayHttp, ['AllowOrigins: ["*"]'], ['AllowOrigins: ["https://app.example"]']],
  [awsApiGatewayRest, [`AllowOrigin: "'*'"`, `Access-Control-Allow-Origin: "'*'"`], [`AllowOrigin: "'https://app.example'"`, `Access-Control-Allow-Origin: "'https://app.example'"`, `Vary: "'Origin'"`]],
  [awsLambdaUrl, ['AllowOrigins: ["*"]'], ['AllowOrigins: ["https://app.example"]']],
  [
    cloudfront,
    ['AccessControlAllowOrigins: { Items: ["*"] }', '"access-control-allow-origin": { value: "*" },'],
    ['AccessControlAllowOrigins: { Items: ["https://app.example"] }', '"access-control-allow-origin": { value: "https://app.example" },', '"vary": { value: "Origin" },'],
  ],
  [azureFunctions, ['az functionapp cors add --name MY_APP --resource-group MY_GROUP --allowed-origins "*"'], ['az functionapp cors add --name MY_APP --resource-group MY_GROUP --allowed-origins "https://app.example"']],
  [googleCloudStorage, ['"*"'], ['"https://app.example"']],
  [firebase, ['origin: "*",'], ['origin: "https://app.example",']],
  ...[cloudflareWorkers, supabaseEdge, netlify, vercel].map(
    (recipe) =>
      [
        recipe,
        ['response.headers.set("Access-Control-Allow-Origin", "*");'],
        ['response.headers.set("Access-Control-Allow-Origin", "https://app.example");', 'response.headers.append("Vary", "Origin");'],
      ] as const,
  ),
];

test.each(OPEN)("$id for whatever origin", (recipe, instead, lacking) => {
  const named = { ...FULL, credentials: false };
  expect(differing(recipe, ANYBODY, named)).toEqual(instead);
  expect(differing(recipe, named, ANYBODY)).toEqual(lacking);
});

describe.each(ALL)("$id", ({ id, name, kind, write }) => {
  /** Azure allows every method and header, and has no place to name them. */
  const listed = id !== "azure-functions";

  test("is a service with a name", () => {
    expect([kind, name === ""]).toEqual(["service", false]);
  });

  test.each([
    ["with credentials", FULL],
    ["without", PLAIN],
    ["for whatever origin", ANYBODY],
  ])("%s: all of the policy, and no more", (_, policy) => {
    const { text } = write(policy);
    const spread = `${text.replaceAll('"*"', " * ").replaceAll("'*'", " * ")}`;
    expect(text).toContain(policy.origin);
    if (listed) for (const part of [...policy.methods, ...policy.headers]) expect(text).toContain(part);
    expect(spread.includes(" * ")).toBe(policy.origin === "*");
    expect(text).not.toMatch(/["']null["']/);
    expect(/credentials(["'])?(: |, )?\{?( value: )?["']*true|cors credentials/i.test(text)).toBe(policy.credentials && !["aws-s3", "google-cloud-storage"].includes(id));
  });
});

describe("methods that a service has no name for", () => {
  const methods = ["GET", "OPTIONS", "PATCH"];

  test.each([
    ["S3", awsS3, ["GET"], ["OPTIONS", "PATCH"]],
    ["a function URL", awsLambdaUrl, ["GET", "PATCH"], ["OPTIONS"]],
  ])("%s: left out, since it would refuse all of it", (_, { write }, kept, left) => {
    const { text } = write({ ...FULL, methods });
    expect(kept.filter((method) => !text.includes(`"${method}"`))).toEqual([]);
    expect(left.filter((method) => text.includes(`"${method}"`))).toEqual([]);
  });

  test("*: all that it has", () => {
    expect(awsS3.write({ ...PLAIN, methods: ["*"] }).text.match(/"[A-Z]+"/g)).toEqual(['"GET"', '"HEAD"', '"PUT"', '"POST"', '"DELETE"']);
  });
});

describe("netlify: the paths", () => {
  test.each([
    ["/", ["/*"]],
    ["/api/", ["/api", "/api/*"]],
    ["/v1/users:batch", ["/v1/users\\:batch", "/v1/users\\:batch/*"]],
  ])("%s", (path, paths) => {
    expect(netlify.write({ ...FULL, path }).text).toContain(`path: ${JSON.stringify(paths).replace(",", ", ")} }`);
  });
});

test.each([awsS3, googleCloudStorage])("$id is JSON", ({ write }) => {
  for (const policy of [FULL, PLAIN, ANYBODY]) expect(JSON.parse(write(policy).text)).toHaveLength(1);
});

test.each([cloudflareWorkers, firebase, supabaseEdge, netlify, vercel])("$id is TypeScript", ({ write }) => {
  for (const policy of [FULL, PLAIN, ANYBODY]) expect(transformSync(write(policy).text, { loader: "ts" }).warnings).toEqual([]);
});

describe("withCors", () => {
  type Handler = (request: Request) => Response | Promise<Response>;

  /** Runs the module that three of them are. */
  async function answered(policy: Policy, handler: Handler, init: RequestInit = {}): Promise<Response> {
    const { code } = transformSync(cloudflareWorkers.write(policy).text, { loader: "ts", format: "esm" });
    const module: { withCors(handler: Handler): Handler } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
    return module.withCors(handler)(new Request("https://api.example/api/items", init));
  }

  const own = (response: Response) => Object.fromEntries([...response.headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"));

  test("a preflight is answered without the handler", async () => {
    const init = { method: "OPTIONS", headers: { Origin: FULL.origin, "Access-Control-Request-Method": "PUT" } };
    const response = await answered(FULL, () => new Response(null, { status: 401 }), init);
    expect([response.status, own(response)]).toEqual([
      204,
      {
        "access-control-allow-credentials": "true",
        "access-control-allow-headers": "content-type, x-request-id",
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-origin": "https://app.example",
        vary: "Origin",
      },
    ]);
  });

  test("another OPTIONS is the handler's", async () => {
    expect((await answered(FULL, () => new Response(null, { status: 405 }), { method: "OPTIONS" })).status).toBe(405);
  });

  test("what the handler says of CORS is replaced, in `Vary` it is kept", async () => {
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true", Vary: "Accept" };
    const response = await answered(PLAIN, () => new Response("[]", { status: 404, headers }));
    expect([response.status, await response.text(), own(response)]).toEqual([404, "[]", { "access-control-allow-origin": "https://app.example", vary: "Accept, Origin" }]);
  });

  test("a redirect, whose headers can't be changed, has them", async () => {
    const response = await answered(ANYBODY, () => Response.redirect("https://api.example/", 303));
    expect([response.status, own(response)]).toEqual([303, { "access-control-allow-origin": "*" }]);
  });

  test("what the handler throws is a readable 500", async () => {
    const error = console.error;
    console.error = () => {};
    try {
      const response = await answered(FULL, () => {
        throw new Error("no database");
      });
      expect([response.status, response.headers.get("Access-Control-Allow-Origin"), await response.text()]).toEqual([500, "https://app.example", "Internal Server Error"]);
    } finally {
      console.error = error;
    }
  });
});

describe("cloudfront: the function", () => {
  interface ViewerRequest {
    readonly method: string;
    readonly headers: Readonly<Record<string, { readonly value: string }>>;
  }

  const [, code = ""] = /FunctionCode: \|\n([\s\S]*?)\n  Distribution:/.exec(cloudfront.write(FULL).text) ?? [];
  const handler: (event: { request: ViewerRequest }) => unknown = new Function(`${code}; return handler;`)();

  test("answers a preflight", () => {
    const request = { method: "OPTIONS", headers: { "access-control-request-method": { value: "PUT" } } };
    expect(handler({ request })).toMatchObject({ statusCode: 204, headers: { "access-control-allow-origin": { value: "https://app.example" } } });
  });

  test.each([{ method: "GET", headers: {} }, { method: "OPTIONS", headers: {} }])("lets $method pass that is none", (request) => {
    expect(handler({ request })).toBe(request);
  });
});
