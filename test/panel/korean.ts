import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unpackInto } from "../browsers/extension.ts";
import type { Build } from "./lab-panel.ts";

/**
 * A copy of a build that speaks Korean in any browser: neither has to have the language, since it gets the texts in the
 * place of those that it would take.
 * @returns the copy, and what removes it
 */
export async function inKorean(build: Build): Promise<{ build: Build; remove(): Promise<void> }> {
  const extension = await mkdtemp(join(tmpdir(), "korean-"));
  await unpackInto(extension, build.extension);
  await cp(join(extension, "_locales/ko"), join(extension, "_locales/en"), { recursive: true });
  return { build: { ...build, extension }, remove: () => rm(extension, { recursive: true, force: true }) };
}
