import { CommandError } from "../../src/commands/command-request.ts";
import { commandOf } from "../../src/commands/command.ts";
import { requestOf } from "../../src/commands/request-of.ts";
import type { Entry } from "../../src/entry.ts";

/** The request as cURL, without its secrets; null where that can't be said. */
export function curlOf({ exchange, verdict: { hop, credentials } }: Pick<Entry, "exchange" | "verdict">): string | null {
  return written(() => commandOf("curl-posix", requestOf(exchange, hop, "request", { credentials })));
}

/** @returns null where the command can't say it */
export function written(write: () => string): string | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}
