import { nestjs } from "../../src/servers/nestjs.ts";
import { startModule } from "./node-program.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** NestJS 12 on Express; without a compiler, decorators are called as the functions that they are. */
export const nestjsRun: RecipeRun = {
  recipe: nestjs,
  npm: { "@nestjs/core": "^12", "@nestjs/common": "^12", "@nestjs/platform-express": "^12", "reflect-metadata": "*", rxjs: "^7" },
  start: async ({ folder, port, policy, text }) =>
    startModule(folder, [
      'import "reflect-metadata";',
      'import { Controller, Get, HttpCode, Module, Post, Put } from "@nestjs/common";',
      'import { NestFactory } from "@nestjs/core";',
      "class Items {",
      "  items() {",
      "    return { ok: true };",
      "  }",
      "  put() {",
      "    return { ok: true };",
      "  }",
      "  post() {",
      "    return { ok: true };",
      "  }",
      "}",
      "const decorate = (name, ...decorators) => decorators.forEach((decorator) => decorator(Items.prototype, name, Object.getOwnPropertyDescriptor(Items.prototype, name)));",
      'decorate("items", Get());',
      'decorate("put", Put());',
      'decorate("post", Post(), HttpCode(200));',
      `Controller(${JSON.stringify(policy.path)})(Items);`,
      "class AppModule {}",
      "Module({ controllers: [Items] })(AppModule);",
      "const app = await NestFactory.create(AppModule, { logger: false });",
      text ?? "",
      `await app.listen(${port}, "127.0.0.1");`,
    ]),
};
