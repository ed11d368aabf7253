import type { Policy, Recipe } from "./recipe.ts";
import { text } from "./writing/lines.ts";
import { quotedAll } from "./writing/literals.ts";

/**
 * ASP.NET Core 8 and later. `UseCors` after `UseRouting`, before `UseAuthorization` and `UseResponseCaching`; its headers
 * are added as the response starts, so that errors have them
 * (https://learn.microsoft.com/aspnet/core/security/cors, https://learn.microsoft.com/aspnet/core/fundamentals/middleware/#middleware-order).
 * With one origin or any it adds no `Vary`, though it answers others, or no origin, otherwise
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Middleware/CORS/src/Infrastructure/CorsService.cs).
 */
export const aspnetCore: Recipe = {
  id: "aspnet-core",
  name: "ASP.NET Core",
  kind: "framework",
  write: (policy) => ({ file: "Program.cs", text: program(policy) }),
};

function program({ origin, credentials, methods, headers }: Policy): string {
  const calls = [
    origin === "*" ? "AllowAnyOrigin()" : `WithOrigins("${origin}")`,
    `WithMethods(${quotedAll(methods)})`,
    ...(headers.length === 0 ? [] : [`WithHeaders(${quotedAll(headers)})`]),
    ...(credentials ? ["AllowCredentials()"] : []),
  ];
  return text(
    "builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy",
    `${calls.map((call) => `    .${call}`).join("\n")}));`,
    "",
    "var app = builder.Build();",
    "",
    "app.Use((context, next) =>",
    "{",
    `    context.Response.Headers.Append("Vary", "Origin");`,
    "    return next(context);",
    "});",
    "app.UseCors();",
  );
}
