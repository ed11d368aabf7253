import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Policy } from "../../src/servers/recipe.ts";
import { emptyFolder } from "./packages.ts";
import { anyPort } from "./ports.ts";
import { descendants, endProcesses } from "./processes.ts";
import { rawResponse } from "./raw-response.ts";
import type { RecipeRun } from "./recipe-run.ts";

/** Where a recipe is run. */
export interface Place {
  readonly folder: string;
  /** A process whose descendants are none of the server's: the browser. */
  readonly browser: number;
}

const RUN_MILLISECONDS = 180_000;
const OUTPUT_CHARACTERS = 2_000;

/**
 * Starts the server of a recipe on a free port, does something with it, and ends it and all that it started.
 * @param policyAt the policy, given the server's port
 * @param withText false: the server as it is before anybody thinks of CORS
 * @throws if the server doesn't answer, ends, or all of it takes too long
 */
export async function withServer<Result>(recipeRun: RecipeRun, { folder, browser }: Place, policyAt: (port: number) => Policy, withText: boolean, use: (policy: Policy) => Promise<Result>): Promise<Result> {
  emptyFolder(folder, recipeRun.npm);
  const port = await anyPort();
  const policy = policyAt(port);
  const text = withText ? recipeRun.recipe.write(policy).text : null;
  const before = new Set(descendants(process.pid));
  const late = new AbortController();
  const run = async () => {
    const child = await recipeRun.start({ folder, port, policy, text });
    await answering(child, `http://127.0.0.1:${port}${policy.path}`);
    return use(policy);
  };
  const tooLate = sleep(RUN_MILLISECONDS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`not done within ${RUN_MILLISECONDS / 1000} s`);
  });
  try {
    return await Promise.race([run(), tooLate]);
  } finally {
    late.abort();
    const others = new Set([browser, ...descendants(browser)]);
    await endProcesses(descendants(process.pid).filter((pid) => !before.has(pid) && !others.has(pid)));
  }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  let output = "";
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS));
  // Somebody has to read it: a full pipe stops the one who writes.
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  child.on("error", (error) => keep(Buffer.from(String(error))));
  for (;;) {
    const answered = await rawResponse(url).then(() => true, () => false);
    if (answered) return;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw new Error(`the server ended: ${output.trim()}`);
    await sleep(200);
  }
}
