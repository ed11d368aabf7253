import { cmdCommand } from "./cmd.ts";
import type { CommandRequest } from "./command-request.ts";
import { fetchCall } from "./fetch-call.ts";
import { posixCommand } from "./posix.ts";
import { powershellCommand } from "./powershell.ts";

/** Where a command is pasted: a POSIX shell, the prompt of cmd.exe, PowerShell on Windows, a page's console. */
export type CommandKind = "curl-posix" | "curl-cmd" | "powershell" | "fetch";

/**
 * A request as a command that sends it again, byte for byte but for what the connection decides, whatever is in it.
 * @throws CommandError for what the kind can't say; each one's docstring tells
 */
export function commandOf(kind: CommandKind, request: CommandRequest): string {
  switch (kind) {
    case "curl-posix":
      return posixCommand(request);
    case "curl-cmd":
      return cmdCommand(request);
    case "powershell":
      return powershellCommand(request);
    case "fetch":
      return fetchCall(request);
  }
}
