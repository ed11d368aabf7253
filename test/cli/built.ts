import { execFileSync } from "node:child_process";

/** The package and judge.js are built before their tests. */
export default function setup(): void {
  execFileSync(process.execPath, ["build-npm.mjs"], { stdio: "inherit" });
}
