import { commandOf } from "../../src/commands/command.ts";
import { CommandError } from "../../src/commands/command-request.ts";
import { requestOf } from "../../src/commands/request-of.ts";
import type { Exchange, Verdict } from "../../src/model.ts";

/** The request as cURL, without its secrets; null where that can't be said. */
export function curlOf(exchange: Exchange, { hop, credentials }: Verdict): string | null {
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
