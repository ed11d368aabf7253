import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { findingsOf } from "../src/findings.ts";
import { HarError } from "../src/har/har-error.ts";
import { parseHar } from "../src/har/read.ts";
import type { FileReport } from "./report.ts";

/** What stands for standard input among the files. */
export const STDIN = "-";

/** Reads and judges one file; what is wrong with it is part of the report. @param all also what passed */
export async function reportOf(file: string, all: boolean): Promise<FileReport> {
  const name = file === STDIN ? "<stdin>" : file;
  try {
    return { name, findings: findingsOf(parseHar(textOf(unpacked(await bytesOf(file)))), all) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { name, problem };
  }
}

/** A pipe may have nothing to read yet and refuse to wait: as a stream it is waited for. */
async function bytesOf(file: string): Promise<Buffer> {
  return file === STDIN ? await buffer(process.stdin) : readFileSync(file);
}

/** As much as Node reads of a file, in bytes: a small one can unpack to anything. */
const MOST_BYTES = 2 ** 31 - 1;

/** https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
}

/** UTF-8, as HARs have to be; what PowerShell redirected is UTF-16 all the same. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le");
  // Most files are ASCII, and needn't be decoded then.
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}

/** What a user can do something about; null for a fault of ours. */
function problemOf(error: unknown): string | null {
  if (error instanceof HarError) return messageOf(error);
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  if (TOO_LONG.has(error.code)) return new HarError("too-long", "the file", "").message;
  return SYSTEM_ERRORS[error.code] ?? error.message;
}

/** With what stands there told by its type: it may be a secret, and logs are read by many. */
function messageOf({ message, found }: HarError): string {
  return `${message.slice(0, message.length - found.length)}${typeOf(found)}`;
}

/** As much of a text as a HarError has, in characters. */
const MOST_SHOWN = 40;

function typeOf(found: string): string {
  if (/^[-\d]/.test(found)) return "a number";
  if (!found.startsWith('"')) return found;
  const { length } = String(JSON.parse(found));
  return `a text of ${length} characters${length < MOST_SHOWN ? "" : " or more"}`;
}

const TOO_LONG: ReadonlySet<string> = new Set(["ERR_STRING_TOO_LONG", "ERR_FS_FILE_TOO_LARGE", "ERR_BUFFER_TOO_LARGE"]);

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "may not be read",
  EISDIR: "a folder, not a file",
  Z_BUF_ERROR: "gzip: ends too early",
  Z_DATA_ERROR: "gzip: broken",
};
