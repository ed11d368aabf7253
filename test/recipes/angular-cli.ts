import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { angularCli } from "../../src/servers/angular-cli.ts";
import { newerNode, NEWER_NODE, startProgram } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Angular 22's development server, which needs Node.js 22. */
export const angularCliRun: RecipeRun = {
  recipe: angularCli,
  npm: {
    "@angular/cli": "^22",
    "@angular/build": "^22",
    "@angular/common": "^22.2.6",
    "@angular/compiler": "^22.2.6",
    "@angular/compiler-cli": "^22.2.6",
    "@angular/core": "^22.2.6",
    "@angular/platform-browser": "^22.2.6",
    rxjs: "^7",
    typescript: "~6.0.0",
    ...NEWER_NODE,
  },
  start: async ({ folder, port, text }) => {
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "angular.json"), JSON.stringify(workspace(text !== null)));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { target: "ES2022", module: "preserve", strict: true }, files: ["src/main.ts"] }));
    writeFileSync(join(folder, "src/index.html"), "<!doctype html><title>page</title><app-root></app-root>");
    writeFileSync(
      join(folder, "src/main.ts"),
      'import { Component } from "@angular/core";\nimport { bootstrapApplication } from "@angular/platform-browser";\n\n@Component({ selector: "app-root", template: "page" })\nclass App {}\n\nbootstrapApplication(App);\n',
    );
    if (text !== null) writeFileSync(join(folder, "src/proxy.conf.json"), text);
    return startProgram(folder, ["node_modules/@angular/cli/bin/ng.js", "serve", "--host", "127.0.0.1", "--port", String(port)], newerNode(folder));
  },
};

function workspace(proxied: boolean) {
  const build = { builder: "@angular/build:application", options: { browser: "src/main.ts", index: "src/index.html", tsConfig: "tsconfig.json" } };
  const serve = { builder: "@angular/build:dev-server", options: { buildTarget: "app:build", ...(proxied ? { proxyConfig: "src/proxy.conf.json" } : {}) } };
  return { version: 1, projects: { app: { projectType: "application", root: "", architect: { build, serve } } } };
}
