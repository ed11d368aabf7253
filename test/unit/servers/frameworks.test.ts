import { describe, expect, test } from "vitest";
import { actix } from "../../../src/servers/actix.ts";
import { aspnetCore } from "../../../src/servers/aspnet-core.ts";
import { axum } from "../../../src/servers/axum.ts";
import { django } from "../../../src/servers/django.ts";
import { fastapi } from "../../../src/servers/fastapi.ts";
import { flask } from "../../../src/servers/flask.ts";
import { gin } from "../../../src/servers/gin.ts";
import { goNetHttp } from "../../../src/servers/go-net-http.ts";
import { laravel } from "../../../src/servers/laravel.ts";
import { rails } from "../../../src/servers/rails.ts";
import type { Policy, Recipe } from "../../../src/servers/recipe.ts";
import { rsCors } from "../../../src/servers/rs-cors.ts";
import { springMvc } from "../../../src/servers/spring-mvc.ts";
import { springSecurity } from "../../../src/servers/spring-security.ts";
import { subtreePattern } from "../../../src/servers/writing/path.ts";

const FULL: Policy = {
  origin: "https://app.example", credentials: true, methods: ["PUT", "DELETE"], headers: ["content-type", "x-request-id"],
  path: "/api/orders", server: "https://api.example",
};
const PLAIN: Policy = { ...FULL, credentials: false, methods: ["GET"], headers: [] };
const ANYBODY: Policy = { ...FULL, origin: "*", credentials: false, path: "/" };

/** The whole text for credentials, methods and headers. */
const TEXTS: readonly (readonly [Recipe, file: string, text: string])[] = [
  [springMvc, "CorsConfig.java", `import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
public class CorsConfig implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/api/orders/**")
            .allowedOrigins("https://app.example")
            .allowedMethods("PUT", "DELETE")
            .allowedHeaders("content-type", "x-request-id")
            .allowCredentials(true);
    }
}
`],
  [springSecurity, "CorsConfig.java", `import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@Configuration
public class CorsConfig {
    @Bean
    public UrlBasedCorsConfigurationSource corsConfigurationSource() {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.addAllowedOrigin("https://app.example");
        configuration.addAllowedMethod("PUT");
        configuration.addAllowedMethod("DELETE");
        configuration.addAllowedHeader("content-type");
        configuration.addAllowedHeader("x-request-id");
        configuration.setAllowCredentials(true);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/api/orders/**", configuration);
        return source;
    }
}
`],
  [aspnetCore, "Program.cs", `builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins("https://app.example")
    .WithMethods("PUT", "DELETE")
    .WithHeaders("content-type", "x-request-id")
    .AllowCredentials()));

var app = builder.Build();

app.Use((context, next) =>
{
    context.Response.Headers.Append("Vary", "Origin");
    return next(context);
});
app.UseCors();
`],
  [django, "settings.py", `INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOWED_ORIGINS = ["https://app.example"]
CORS_ALLOW_METHODS = ["PUT", "DELETE"]
CORS_ALLOW_HEADERS = ["content-type", "x-request-id"]
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/api/orders(/|$)"
`],
  [flask, "app.py", `from flask import request
from flask_cors import CORS

CORS(
    app,
    resources=r"^/api/orders(/|$)",
    origins="https://app.example",
    methods=["PUT", "DELETE"],
    allow_headers=["content-type", "x-request-id"],
    supports_credentials=True,
)


@app.before_request
def answer_preflight():
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        return "", 204


@app.after_request
def vary_by_origin(response):
    response.vary.add("Origin")
    return response
`],
  [fastapi, "main.py", `from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://app.example"],
    allow_credentials=True,
    allow_methods=["PUT", "DELETE"],
    allow_headers=["content-type", "x-request-id"],
)
`],
  [rails, "config/initializers/cors.rb", `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "https://app.example"
    resource "/api/orders/*",
      headers: %w[content-type x-request-id],
      methods: %i[put delete],
      credentials: true
  end
end
`],
  [laravel, "config/cors.php", `<?php

return [
    'paths' => ['api/orders', 'api/orders/*'],
    'allowed_methods' => ['PUT', 'DELETE'],
    'allowed_origins' => ['https://app.example'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['content-type', 'x-request-id'],
    'exposed_headers' => [],
    'max_age' => 0,
    'supports_credentials' => true,
];
`],
  [goNetHttp, "cors.go", `package main

import "net/http"

func allowOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if r.Header.Get("Origin") == "https://app.example" {
			header.Set("Access-Control-Allow-Origin", "https://app.example")
			header.Set("Access-Control-Allow-Credentials", "true")
			if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
				header.Set("Access-Control-Allow-Methods", "PUT, DELETE")
				header.Set("Access-Control-Allow-Headers", "content-type, x-request-id")
				w.WriteHeader(http.StatusNoContent)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
`],
  [rsCors, "main.go", `handler := cors.New(cors.Options{
	AllowedOrigins:   []string{"https://app.example"},
	AllowedMethods:   []string{"PUT", "DELETE"},
	AllowedHeaders:   []string{"content-type", "x-request-id"},
	AllowCredentials: true,
}).Handler(mux)
`],
  [gin, "main.go", `router.Use(func(c *gin.Context) { c.Header("Vary", "Origin") })
router.Use(cors.New(cors.Config{
	AllowOrigins:     []string{"https://app.example"},
	AllowMethods:     []string{"PUT", "DELETE"},
	AllowHeaders:     []string{"content-type", "x-request-id"},
	AllowCredentials: true,
}))
`],
  [axum, "src/main.rs", `use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

let cors = CorsLayer::new()
    .allow_origin(HeaderValue::from_static("https://app.example"))
    .allow_methods([Method::PUT, Method::DELETE])
    .allow_headers(["content-type", "x-request-id"].map(HeaderName::from_static))
    .allow_credentials(true);

let app = app.layer(cors);
`],
  [actix, "src/main.rs", `use actix_cors::Cors;

let cors = Cors::default()
    .allowed_origin("https://app.example")
    .allowed_methods(["PUT", "DELETE"])
    .allowed_headers(["content-type", "x-request-id"])
    .supports_credentials();

App::new().wrap(cors)
`],
];

const RECIPES = TEXTS.map(([recipe]) => recipe);

test.each(TEXTS)("$id", (recipe, file, text) => {
  expect(recipe.write(FULL)).toEqual({ file, text });
});

/** What the text says of headers though there are none, or instead of a list of them; and of whoever may ask. */
const PARTS: readonly (readonly [Recipe, plain: readonly string[], anybody: readonly string[]])[] = [
  [springMvc, [`.allowedMethods("GET")\n            .allowedHeaders();`], [`addMapping("/**")`, `.allowedOrigins("*")`]],
  [springSecurity, [`addAllowedMethod("GET");\n        UrlBased`], [`registerCorsConfiguration("/**", configuration)`, `addAllowedOrigin("*")`]],
  [aspnetCore, [`.WithMethods("GET")));`], [".AllowAnyOrigin()"]],
  [django, ["CORS_ALLOW_HEADERS = []\nCORS_URLS_REGEX"], ["CORS_ALLOW_ALL_ORIGINS = True\n"]],
  [flask, ["allow_headers=[],\n)"], [`    app,\n    origins="*",\n    send_wildcard=True,\n`]],
  [fastapi, [`allow_methods=["GET"],\n)`], [`allow_origins=["*"],\n`]],
  [rails, [`resource "/api/orders/*",\n      methods: %i[get]\n`], [`origins "*"\n    resource "/*",\n`]],
  [laravel, ["'allowed_headers' => [],", "'supports_credentials' => false,"], ["'paths' => ['*'],", "'allowed_origins' => ['*'],"]],
  [goNetHttp, [`"Access-Control-Allow-Methods", "GET")\n				w.WriteHeader`, `header.Add("Vary", "Origin")`], [`		header := w.Header()\n		header.Set("Access-Control-Allow-Origin", "*")\n		if`]],
  [rsCors, [`AllowedHeaders: []string{"accept"},\n}`], [`AllowedOrigins: []string{"*"},`]],
  [gin, [`	AllowOrigins: []string{"https://app.example"},\n	AllowMethods: []string{"GET"},\n}))`], ["	AllowAllOrigins: true,\n"]],
  [axum, ["use axum::http::{HeaderValue, Method};", ".allow_methods([Method::GET]);"], ["use axum::http::{HeaderName, Method};\nuse tower_http::cors::{Any, CorsLayer};", ".allow_origin(Any)\n"]],
  [actix, [`.allowed_methods(["GET"]);`], [".allow_any_origin()\n    .send_wildcard()\n"]],
];

test.each(PARTS)("$id without credentials and headers, and for anybody", (recipe, plain, anybody) => {
  const texts = { plain: recipe.write(PLAIN).text, anybody: recipe.write(ANYBODY).text };
  expect(plain.filter((part) => !texts.plain.includes(part))).toEqual([]);
  expect(anybody.filter((part) => !texts.anybody.includes(part))).toEqual([]);
});

test("every recipe has its parts", () => {
  expect(PARTS.map(([recipe]) => recipe)).toEqual(RECIPES);
});

describe.each(RECIPES)("$id", (recipe) => {
  test.each([["full", FULL], ["plain", PLAIN]])("%s: what is allowed, and nothing else", (_, policy) => {
    const { text } = recipe.write(policy);
    expect(text).toContain(policy.origin);
    for (const method of policy.methods) expect(text).toMatch(new RegExp(`\\b${method}\\b`, "i"));
    for (const header of policy.headers) expect(text).toContain(header);
    expect(text).not.toMatch(/["']\*["']|Any\b|ALL_ORIGINS/);
    expect(/credentials(?!' => false)/i.test(text)).toBe(policy.credentials);
  });
  test("no origin null, and no credentials for anybody", () => {
    for (const policy of [FULL, PLAIN, ANYBODY]) expect(recipe.write(policy).text).not.toMatch(/\bnull\b/);
    expect(recipe.write(ANYBODY).text).not.toMatch(/credentials(?!' => false)/i);
    expect(recipe.write(ANYBODY).text).not.toContain("app.example");
  });
  test("ends with its line, and has no line that ends with a space", () => {
    for (const policy of [FULL, PLAIN, ANYBODY]) expect(recipe.write(policy).text).toMatch(/^(.*[^\s]|)(\n(.*[^\s]|))*\n$/);
  });
});

test.each([
  ["/", null],
  ["/api", "^/api(/|$)"],
  ["/api/v1.2/", "^/api/v1\\.2(/|$)"],
  ["/a/*/[b]", "^/a/\\*/\\[b\\](/|$)"],
])("the pattern of %s is %s", (path, pattern) => {
  expect(subtreePattern(path)).toBe(pattern);
});

test.each([
  ["/users[1]", String.raw`%r{\A/users\[1\](/|$)}`],
  ["/v1/users:batch", String.raw`%r{\A/v1/users:batch(/|$)}`],
  ["/v1.2/", `"/v1.2/*"`],
])("rack-cors takes wildcards and parameters in a path: %s", (path, resource) => {
  expect(rails.write({ ...FULL, path }).text).toContain(`    resource ${resource},\n`);
});

test("Flask-CORS takes brackets for a regular expression", () => {
  expect(flask.write({ ...FULL, origin: "http://[::1]:3000" }).text).toContain(`origins=r"^http://\\[::1\\]:3000$",`);
});

test("http has no constant for every method", () => {
  expect(axum.write({ ...FULL, methods: ["GET", "PROPFIND"] }).text).toContain(`[Method::GET, Method::from_bytes(b"PROPFIND").unwrap()]`);
});
