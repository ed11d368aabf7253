import { describe, expect, test } from "vitest";
import { apacheHttpd } from "../../../src/servers/apache-httpd.ts";
import { caddy } from "../../../src/servers/caddy.ts";
import { envoy } from "../../../src/servers/envoy.ts";
import { haproxy } from "../../../src/servers/haproxy.ts";
import { iis } from "../../../src/servers/iis.ts";
import { nginx } from "../../../src/servers/nginx.ts";
import type { Policy, Recipe } from "../../../src/servers/recipe.ts";
import { traefik } from "../../../src/servers/traefik.ts";

const FULL: Policy = {
  origin: "https://app.example",
  credentials: true,
  methods: ["GET", "PUT", "DELETE"],
  headers: ["content-type", "x-request-id"],
  path: "/api/items",
  server: "https://api.example:8443",
};
const OPEN: Policy = { ...FULL, origin: "*", credentials: false, methods: ["GET"], headers: [] };
const ANONYMOUS: Policy = { ...FULL, credentials: false };
const WHOLE_SERVER: Policy = { ...FULL, origin: "http://[::1]:3000", path: "/" };

interface Row {
  readonly recipe: Recipe;
  readonly file: string;
  /** For the policy FULL. */
  readonly text: string;
  /** The lines that are not there for OPEN. */
  readonly gone: readonly string[];
  /** The lines that are only there for OPEN. */
  readonly come: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    recipe: nginx,
    file: "/etc/nginx/conf.d/api.conf",
    text: `map $http_origin $cors_origin {
    "~^https://app\\.example$" "https://app.example";
}

# in the location of /api/items
if ($request_method = OPTIONS) {
    return 204;
}
proxy_hide_header Access-Control-Allow-Origin;
proxy_hide_header Access-Control-Allow-Credentials;
add_header Access-Control-Allow-Origin "$cors_origin" always;
add_header Access-Control-Allow-Credentials "true" always;
add_header Vary "Origin" always;
add_header Access-Control-Allow-Methods "GET, PUT, DELETE" always;
add_header Access-Control-Allow-Headers "content-type, x-request-id" always;
`,
    gone: [
      "map $http_origin $cors_origin {",
      '    "~^https://app\\.example$" "https://app.example";',
      'add_header Access-Control-Allow-Origin "$cors_origin" always;',
      'add_header Access-Control-Allow-Credentials "true" always;',
      'add_header Vary "Origin" always;',
      'add_header Access-Control-Allow-Methods "GET, PUT, DELETE" always;',
      'add_header Access-Control-Allow-Headers "content-type, x-request-id" always;',
    ],
    come: [
      'add_header Access-Control-Allow-Origin "*" always;',
      'add_header Access-Control-Allow-Methods "GET" always;',
    ],
  },
  {
    recipe: apacheHttpd,
    file: "/etc/apache2/sites-available/api.conf",
    text: `RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteCond %{HTTP:Access-Control-Request-Method} .
RewriteRule "^/api/items(/|$)" - [R=204,L]

<Location "/api/items">
    Header onsuccess unset Access-Control-Allow-Origin
    Header onsuccess unset Access-Control-Allow-Credentials
    Header always set Access-Control-Allow-Origin "https://app.example"
    Header always set Access-Control-Allow-Credentials "true"
    Header always merge Vary "Origin"
    Header always set Access-Control-Allow-Methods "GET, PUT, DELETE"
    Header always set Access-Control-Allow-Headers "content-type, x-request-id"
</Location>
`,
    gone: [
      '    Header always set Access-Control-Allow-Origin "https://app.example"',
      '    Header always set Access-Control-Allow-Credentials "true"',
      '    Header always merge Vary "Origin"',
      '    Header always set Access-Control-Allow-Methods "GET, PUT, DELETE"',
      '    Header always set Access-Control-Allow-Headers "content-type, x-request-id"',
    ],
    come: [
      "    Header always unset Access-Control-Allow-Credentials",
      '    Header always set Access-Control-Allow-Origin "*"',
      '    Header always set Access-Control-Allow-Methods "GET"',
    ],
  },
  {
    recipe: caddy,
    file: "/etc/caddy/Caddyfile",
    text: `@cors path /api/items /api/items/*
header @cors {
	Access-Control-Allow-Origin "https://app.example"
	Access-Control-Allow-Credentials "true"
	+Vary "Origin"
	Access-Control-Allow-Methods "GET, PUT, DELETE"
	Access-Control-Allow-Headers "content-type, x-request-id"
}
header @cors {
	Access-Control-Allow-Origin "https://app.example"
	Access-Control-Allow-Credentials "true"
	defer
}
@preflight {
	path /api/items /api/items/*
	method OPTIONS
	header Access-Control-Request-Method *
}
respond @preflight 204
`,
    gone: [
      '	Access-Control-Allow-Origin "https://app.example"',
      '	Access-Control-Allow-Credentials "true"',
      '	+Vary "Origin"',
      '	Access-Control-Allow-Methods "GET, PUT, DELETE"',
      '	Access-Control-Allow-Headers "content-type, x-request-id"',
      '	Access-Control-Allow-Origin "https://app.example"',
      '	Access-Control-Allow-Credentials "true"',
    ],
    come: [
      '	Access-Control-Allow-Origin "*"',
      '	Access-Control-Allow-Methods "GET"',
      '	Access-Control-Allow-Origin "*"',
      "\t-Access-Control-Allow-Credentials",
    ],
  },
  {
    recipe: haproxy,
    file: "/etc/haproxy/haproxy.cfg",
    text: `    http-request set-var(txn.cors) bool(true) if { path /api/items } or { path_beg /api/items/ }
    http-request return status 204 if { var(txn.cors) -m bool } METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }
    http-after-response set-header Access-Control-Allow-Origin "https://app.example" if { var(txn.cors) -m bool }
    http-after-response set-header Access-Control-Allow-Credentials "true" if { var(txn.cors) -m bool }
    http-after-response add-header Vary "Origin" if { var(txn.cors) -m bool }
    http-after-response set-header Access-Control-Allow-Methods "GET, PUT, DELETE" if { var(txn.cors) -m bool }
    http-after-response set-header Access-Control-Allow-Headers "content-type, x-request-id" if { var(txn.cors) -m bool }
`,
    gone: [
      '    http-after-response set-header Access-Control-Allow-Origin "https://app.example" if { var(txn.cors) -m bool }',
      '    http-after-response set-header Access-Control-Allow-Credentials "true" if { var(txn.cors) -m bool }',
      '    http-after-response add-header Vary "Origin" if { var(txn.cors) -m bool }',
      '    http-after-response set-header Access-Control-Allow-Methods "GET, PUT, DELETE" if { var(txn.cors) -m bool }',
      '    http-after-response set-header Access-Control-Allow-Headers "content-type, x-request-id" if { var(txn.cors) -m bool }',
    ],
    come: [
      '    http-after-response set-header Access-Control-Allow-Origin "*" if { var(txn.cors) -m bool }',
      '    http-after-response set-header Access-Control-Allow-Methods "GET" if { var(txn.cors) -m bool }',
      "    http-after-response del-header Access-Control-Allow-Credentials if { var(txn.cors) -m bool }",
    ],
  },
  {
    recipe: traefik,
    file: "/etc/traefik/dynamic/cors.yml",
    text: `http:
  middlewares:
    cors:
      headers:
        accessControlAllowOriginList:
          - "https://app.example"
        accessControlAllowCredentials: true
        accessControlAllowMethods:
          - "GET"
          - "PUT"
          - "DELETE"
        accessControlAllowHeaders:
          - "content-type"
          - "x-request-id"
        addVaryHeader: true
        customResponseHeaders:
          Access-Control-Allow-Origin: ""
          Access-Control-Allow-Credentials: ""
`,
    gone: [
      '          - "https://app.example"',
      "        accessControlAllowCredentials: true",
      '          - "PUT"',
      '          - "DELETE"',
      "        accessControlAllowHeaders:",
      '          - "content-type"',
      '          - "x-request-id"',
      "        addVaryHeader: true",
    ],
    come: [
      '          - "*"',
    ],
  },
  {
    recipe: envoy,
    file: "/etc/envoy/envoy.yaml",
    text: `route_config:
  virtual_hosts:
  - name: api
    domains: ["api.example:8443"]
    routes:
    - match: { prefix: "/api/items" }
      route: { cluster: api }
      response_headers_to_remove: [access-control-allow-origin, access-control-allow-credentials]
      response_headers_to_add:
      - header: { key: Vary, value: Origin }
      typed_per_filter_config:
        envoy.filters.http.cors:
          "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
          allow_origin_string_match:
          - exact: "https://app.example"
          allow_methods: "GET, PUT, DELETE"
          allow_headers: "content-type, x-request-id"
          allow_credentials: true
http_filters:
- name: envoy.filters.http.cors
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors
- name: envoy.filters.http.router
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
`,
    gone: [
      '          - exact: "https://app.example"',
      '          allow_methods: "GET, PUT, DELETE"',
      '          allow_headers: "content-type, x-request-id"',
      "          allow_credentials: true",
    ],
    come: [
      '          - exact: "*"',
      '          allow_methods: "GET"',
    ],
  },
  {
    recipe: iis,
    file: "web.config",
    text: `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <cors enabled="true">
      <add origin="https://app.example" allowCredentials="true">
        <allowHeaders>
          <add header="content-type" />
          <add header="x-request-id" />
        </allowHeaders>
        <allowMethods>
          <add method="GET" />
          <add method="PUT" />
          <add method="DELETE" />
        </allowMethods>
      </add>
    </cors>
  </system.webServer>
</configuration>
`,
    gone: [
      '      <add origin="https://app.example" allowCredentials="true">',
      "        <allowHeaders>",
      '          <add header="content-type" />',
      '          <add header="x-request-id" />',
      "        </allowHeaders>",
      '          <add method="PUT" />',
      '          <add method="DELETE" />',
    ],
    come: [
      '      <add origin="*">',
    ],
  },
];

const RECIPES = ROWS.map(({ recipe }) => recipe);

function linesOf(recipe: Recipe, policy: Policy): string[] {
  return recipe.write(policy).text.split("\n").filter((line) => line !== "");
}

function difference(lines: readonly string[], others: readonly string[]): string[] {
  return lines.filter((line) => !others.includes(line));
}

describe.each(ROWS)("$recipe.name", ({ recipe, file, text, gone, come }) => {
  test("with credentials, methods and headers", () => {
    expect(recipe.write(FULL)).toEqual({ file, text });
  });

  test("any origin, without credentials and headers: what differs", () => {
    expect(difference(linesOf(recipe, FULL), linesOf(recipe, OPEN))).toEqual(gone);
    expect(difference(linesOf(recipe, OPEN), linesOf(recipe, FULL))).toEqual(come);
  });
});

describe.each(RECIPES)("$name", (recipe) => {
  test("names the origin, the methods and the headers", () => {
    for (const part of [FULL.origin, ...FULL.methods, ...FULL.headers]) expect(recipe.write(FULL).text).toContain(part);
  });

  test.each([FULL, OPEN, ANONYMOUS, WHOLE_SERVER])("never allows null, and any origin only where asked: %o", (policy) => {
    const { text } = recipe.write(policy);
    expect(text).not.toMatch(/\bnull\b/);
    expect(/"\*"/.test(text)).toBe(policy.origin === "*");
  });

  test("allows credentials only where asked", () => {
    const allows = (policy: Policy) => /allow-?_?credentials["': =]+true/i.test(recipe.write(policy).text);
    expect([FULL, ANONYMOUS, OPEN].map(allows)).toEqual([true, false, false]);
  });
});

describe("paths and origins that need care", () => {
  test("nginx: the origin is a whole one, and its dots and brackets are no pattern", () => {
    expect(nginx.write(WHOLE_SERVER).text).toContain(String.raw`"~^http://\[::1\]:3000$" "http://[::1]:3000";`);
    expect(nginx.write(FULL).text).toContain(String.raw`"~^https://app\.example$" "https://app.example";`);
  });

  test.each([
    [apacheHttpd, 'RewriteRule "^" - [R=204,L]'],
    [caddy, "@cors path / /*"],
    [haproxy, "if { path / } or { path_beg / }"],
    [envoy, 'match: { prefix: "/" }'],
  ])("$name: the whole server", (recipe, part) => {
    expect(recipe.write(WHOLE_SERVER).text).toContain(part);
  });

  test.each([
    ["/users[1]", String.raw`^/users\[1\](/|$)`],
    ["/a/*/b", String.raw`^/a/\*/b(/|$)`],
  ])("a path with a wildcard's characters, %s, is matched as it is", (path, pattern) => {
    expect(apacheHttpd.write({ ...FULL, path }).text).toContain(`RewriteRule "${pattern}" - [R=204,L]\n\n<LocationMatch "${pattern}">\n`);
    expect(apacheHttpd.write({ ...FULL, path }).text).toMatch(/^<\/LocationMatch>$/m);
    expect(caddy.write({ ...FULL, path }).text).toContain(`@cors path_regexp ${pattern}\n`);
    expect(caddy.write({ ...FULL, path }).text).toContain(`@preflight {\n\tpath_regexp ${pattern}\n`);
  });

  test("Apache: a dot in a path is a dot", () => {
    expect(apacheHttpd.write({ ...FULL, path: "/v1.2/items" }).text).toContain(String.raw`RewriteRule "^/v1\.2/items(/|$)"`);
  });
});
