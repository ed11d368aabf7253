import { gin } from "../../src/servers/gin.ts";
import { runGo } from "./go-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Gin with gin-contrib/cors. */
export const ginRun: RecipeRun = {
  recipe: gin,
  debian: ["golang-github-gin-contrib-cors-dev", "golang-github-gin-gonic-gin-dev", "golang-go"],
  start: async ({ folder, port, policy, text }) => runGo(folder, { "main.go": main(port, policy.path, text) }),
};

function main(port: number, path: string, text: string | null): string {
  return `package main

import (
${text === null ? "" : `	"github.com/gin-contrib/cors"\n`}	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.New()
${text ?? ""}	for _, method := range []string{"GET", "PUT", "POST"} {
		router.Handle(method, "${path}", func(c *gin.Context) { c.JSON(200, gin.H{"ok": true}) })
	}
	router.Run("127.0.0.1:${port}")
}
`;
}
