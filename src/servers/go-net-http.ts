import type { Policy, Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";

/**
 * Go's own net/http, a middleware around all of a ServeMux: a pattern with a method, as of Go 1.22, answers other methods
 * with 405, OPTIONS among them (https://pkg.go.dev/net/http#hdr-Patterns-ServeMux).
 */
export const goNetHttp: Recipe = {
  id: "go-net-http",
  name: "Go net/http",
  kind: "framework",
  write: (policy) => ({ file: "cors.go", text: middleware(policy) }),
};

function middleware(policy: Policy): string {
  return text(
    "package main",
    "",
    `import "net/http"`,
    "",
    "func allowOrigin(next http.Handler) http.Handler {",
    "	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {",
    "		header := w.Header()",
    ...(policy.origin === "*" ? anybody(policy) : one(policy)).map((line) => `		${line}`),
    "		next.ServeHTTP(w, r)",
    "	})",
    "}",
  );
}

function anybody(policy: Policy): string[] {
  return [`header.Set("Access-Control-Allow-Origin", "*")`, ...preflight(policy)];
}

function one(policy: Policy): string[] {
  return [
    `header.Add("Vary", "Origin")`,
    `if r.Header.Get("Origin") == "${policy.origin}" {`,
    `	header.Set("Access-Control-Allow-Origin", "${policy.origin}")`,
    ...(policy.credentials ? [`	header.Set("Access-Control-Allow-Credentials", "true")`] : []),
    ...preflight(policy).map((line) => `	${line}`),
    "}",
  ];
}

function preflight({ methods, headers }: Policy): string[] {
  return [
    `if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {`,
    `	header.Set("Access-Control-Allow-Methods", "${methods.join(", ")}")`,
    ...(headers.length === 0 ? [] : [`	header.Set("Access-Control-Allow-Headers", "${headers.join(", ")}")`]),
    "	w.WriteHeader(http.StatusNoContent)",
    "	return",
    "}",
  ];
}
