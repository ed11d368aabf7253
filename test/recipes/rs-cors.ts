import { rsCors } from "../../src/servers/rs-cors.ts";
import { muxAt, runGo } from "./go-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Go's net/http with github.com/rs/cors. */
export const rsCorsRun: RecipeRun = {
  recipe: rsCors,
  debian: ["golang-github-rs-cors-dev", "golang-go"],
  start: async ({ folder, port, policy, text }) => runGo(folder, { "main.go": main(port, policy.path, text) }),
};

function main(port: number, path: string, text: string | null): string {
  return `package main

import (
	"net/http"
${text === null ? "" : `\n	"github.com/rs/cors"\n`})

func main() {
${muxAt(path)}${text ?? "	handler := mux\n"}	http.ListenAndServe("127.0.0.1:${port}", handler)
}
`;
}
