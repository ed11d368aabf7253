import { CommandError, type CommandRequest } from "./command-request.ts";
import { CURL, type CurlOption, curlOptions } from "./curl.ts";
import { splitUnseen } from "./unseen.ts";

/** Longer lines are an error before curl 8.2. https://curl.se/docs/manpage.html#-K */
const LONGEST_LINE_BYTES = 100 * 1024;

/**
 * A request as a command for PowerShell on Windows, 5.1 and 7; it prints the head of the response too.
 *
 * It is curl.exe (in 5.1 `curl` is another name of Invoke-WebRequest) that reads its options from its input. As
 * arguments they wouldn't survive in both: up to 7.2 quotation marks within an argument are lost unless escaped once
 * more, since 7.3 they are not
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing#passing-arguments-that-contain-quote-characters).
 * Nor does Invoke-WebRequest send all: in 5.1 it refuses fields such as `Referer` and methods that it doesn't know, and
 * it adds fields of its own.
 *
 * 5.1 writes `?` for what is not ASCII unless `$OutputEncoding` is set
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding); within
 * `& { }` that ends with the command. The URL comes first: if a console in UTF-8 puts a byte order mark before it, curl
 * knows no URL and sends nothing.
 * @throws CommandError as `curlOptions`, and for what is too long for a line of curl's configuration
 */
export function powershellCommand(request: CommandRequest): string {
  const lines = curlOptions(request).map(configLine);
  if (lines.some((line) => new TextEncoder().encode(line).length >= LONGEST_LINE_BYTES)) throw new CommandError("length");
  const curl = ["curl.exe", ...CURL.map((name) => `--${name}`), "--include", "--config", "-"].join(" ");
  const command = ["@(", ...lines.map((line) => `  ${powershellQuoted(line)}`), `) | ${curl}`].join("\n");
  const ascii = lines.every((line) => /^[\x00-\x7f]*$/.test(line));
  return ascii ? command : `& { $OutputEncoding = New-Object Text.UTF8Encoding $false\n${command}\n}`;
}

/** A line of curl's configuration, with the escapes that it knows. https://curl.se/docs/manpage.html#-K */
function configLine([name, argument]: CurlOption): string {
  if (argument === undefined) return name;
  const escaped = argument.replace(/[\\"]/g, "\\$&").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\v", "\\v");
  return `${name} = "${escaped}"`;
}

/**
 * An expression of PowerShell. Within single quotes all is literal but single quotes, which are doubled; PowerShell takes
 * the four typographic ones for the same
 * (https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02#2352-string-literals).
 */
function powershellQuoted(text: string): string {
  const pieces = splitUnseen(text).map((piece, index) => (index % 2 === 1 ? characters(piece) : `'${piece.replace(/['\u2018-\u201b]/g, "$&$&")}'`));
  return pieces.length === 1 ? pieces.join("") : `(${pieces.join(" + ")})`;
}

/** `[char]` is a UTF-16 code unit. */
function characters(text: string): string {
  return text.split("").map((unit) => `[char]${unit.charCodeAt(0)}`).join(" + ");
}
