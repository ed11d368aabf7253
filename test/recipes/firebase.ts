import { spawn } from "node:child_process";
import { firebase } from "../../src/servers/firebase.ts";
import { bundle } from "./bundle.ts";
import { writeFiles } from "./fetch-application.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** A function in Google's Functions Framework, which runs it in the cloud as well. */
export const firebaseRun: RecipeRun = {
  recipe: firebase,
  npm: { "firebase-functions": "^7", "firebase-admin": "*", cors: "^2", "@google-cloud/functions-framework": "^5" },
  start: async ({ folder, port, policy, text }) => {
    writeFiles(folder, { "functions/src/cors.ts": text, "functions/src/index.ts": application(policy.path, text !== null), "serve.cjs": serve(port) });
    bundle(folder, "functions/src/index.ts", "functions/lib/index.cjs", "--format=cjs", "--platform=node", "--packages=external");
    return spawn(process.execPath, ["serve.cjs"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  },
};

function application(path: string, withText: boolean): string {
  return `import { onRequest, type Request } from "firebase-functions/https";
import type { Response } from "express";
${withText ? 'import { withCors } from "./cors";' : ""}

function handler(request: Request, response: Response) {
  const known = ["GET", "PUT", "POST"].includes(request.method);
  const status = !known ? 401 : request.path === ${JSON.stringify(path)} ? 200 : 404;
  response.status(status).json({ ok: status === 200 });
}

export const items = onRequest(${withText ? "withCors(handler)" : "handler"});
`;
}

/** The framework's own command would listen on every address. */
function serve(port: number): string {
  return `const { http } = require("@google-cloud/functions-framework");
const { getTestServer } = require("@google-cloud/functions-framework/testing");

http("items", require("./functions/lib/index.cjs").items);
getTestServer("items").listen(${port}, "127.0.0.1");
`;
}
