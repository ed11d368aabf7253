import type { WrittenReport } from "../../src/report/formats.ts";
import { saveFile, timeForName } from "./save.ts";

/**
 * Saves a report as a file.
 * @returns the file's name
 */
export function saveReport({ text, type, extension }: WrittenReport): string {
  const name = `cors-${timeForName()}.${extension}`;
  saveFile(new Blob([text], { type }), name);
  return name;
}
