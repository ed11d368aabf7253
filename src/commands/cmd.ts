import { CommandError, type CommandRequest } from "./command-request.ts";
import { CURL, type CurlOption, curlOptions } from "./curl.ts";

/** https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation */
const LONGEST = 8191;

/**
 * A request as a curl command for the prompt of Windows' cmd.exe; it prints the head of the response too. In a batch file
 * `%` means something else.
 * @throws CommandError as `curlOptions`; for a command over cmd's length; and for any character but printable ASCII:
 *   there is no way to write a control character or a line break on one line, and where curl.exe isn't built for Unicode,
 *   Windows maps other characters to those that look like them, quotation marks for one
 *   (https://learn.microsoft.com/windows/win32/api/stringapiset/nf-stringapiset-widechartomultibyte, on best fit), after
 *   which an argument may end where a page wants it to. PowerShell's command can say these.
 */
export function cmdCommand(request: CommandRequest): string {
  const first = ["curl.exe", ...CURL.map((name) => `--${name}`), "--include"].join(" ");
  const command = first + curlOptions(request).map((option) => ` ^\n  ${cmdOption(option)}`).join("");
  if (command.length > LONGEST) throw new CommandError("length");
  return command;
}

function cmdOption([name, argument]: CurlOption): string {
  return argument === undefined ? `--${name}` : `--${name} ${cmdQuoted(argument)}`;
}

/** A word that curl.exe reads as the text: quoted for its C library, then that escaped for cmd.exe. */
function cmdQuoted(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new CommandError("characters");
  return escapedForCmd(quotedForArgv(text));
}

/**
 * Backslashes are literal unless they stand before a quotation mark, where each one counts for two.
 * https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
function quotedForArgv(text: string): string {
  return `"${text.replace(/(\\*)("|$)/g, (_, backslashes: string, mark: string) => `${backslashes}${backslashes}${mark === "" ? "" : "\\"}${mark}`)}"`;
}

/**
 * A caret takes its meaning from any character, the quotation mark too, so that cmd never is within quotes, where it
 * would see no carets. Variables are put in before it looks at carets: one after each percent sign makes it look for a
 * name that begins with a caret, and what has no value stays as it is.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
function escapedForCmd(text: string): string {
  return text.replace(/[^A-Za-z0-9 _\-.,:;/=?+~@#]/g, "^$&").replace(/%(?!\^)/g, "%^");
}
