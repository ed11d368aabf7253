import { goNetHttp } from "../../src/servers/go-net-http.ts";
import { muxAt, runGo } from "./go-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Go's own net/http. */
export const goNetHttpRun: RecipeRun = {
  recipe: goNetHttp,
  debian: ["golang-go"],
  start: async ({ folder, port, policy, text }) =>
    runGo(folder, { "main.go": main(port, policy.path, text === null ? "mux" : "allowOrigin(mux)"), ...(text === null ? {} : { "cors.go": text }) }),
};

function main(port: number, path: string, handler: string): string {
  return `package main

import "net/http"

func main() {
${muxAt(path)}	http.ListenAndServe("127.0.0.1:${port}", ${handler})
}
`;
}
