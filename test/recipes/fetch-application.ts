import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * An application of a service that gives functions a `Request`, in TypeScript: GET, PUT and POST at `path` are answered with
 * 200, whatever is below it with 404; what it has no method for, with 401, as an authentication that turns away preflights
 * would. It has sent CORS headers since long ago, the wrong ones.
 * @param entry its code, given `handler`
 * @param wrapped a module that exports `withCors`, as `entry` imports it; null: none
 */
export function fetchApplication(path: string, wrapped: string | null, entry: (handler: string) => string): string {
  return `${wrapped === null ? "" : `import { withCors } from "${wrapped}";\n`}
const STALE = { "Access-Control-Allow-Origin": "https://old.example", "Access-Control-Allow-Credentials": "true" };

function handler(request: Request): Response {
  const known = ["GET", "PUT", "POST"].includes(request.method);
  const status = !known ? 401 : new URL(request.url).pathname === ${JSON.stringify(path)} ? 200 : 404;
  return Response.json({ ok: status === 200 }, { status, headers: STALE });
}

${entry(wrapped === null ? "handler" : "withCors(handler)")}
`;
}

/** Writes files, and the folders they are in. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | null>>): void {
  for (const [name, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
