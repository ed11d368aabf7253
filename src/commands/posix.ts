import type { CommandRequest } from "./command-request.ts";
import { CURL, type CurlOption, curlOptions } from "./curl.ts";
import { splitUnseen } from "./unseen.ts";

/** A request as a curl command for a POSIX shell; it prints the head of the response too. Throws as `curlOptions`. */
export function posixCommand(request: CommandRequest): string {
  return posixCurl([...CURL.map((name): CurlOption => [name]), ["include"]], curlOptions(request));
}

/** A call of curl: what holds for any request on the first line, then one option a line. */
export function posixCurl(first: readonly CurlOption[], others: readonly CurlOption[]): string {
  return ["curl", ...first.map(posixOption)].join(" ") + others.map((option) => ` \\\n  ${posixOption(option)}`).join("");
}

function posixOption([name, argument]: CurlOption): string {
  return argument === undefined ? `--${name}` : `--${name} ${posixQuoted(argument)}`;
}

/**
 * One word of a POSIX shell. Within single quotes all is literal but the single quote
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_02), line breaks too. `printf`
 * writes the characters that must not be pasted, byte by byte as octal numbers, which every shell's does
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/printf.html); `$'…'` is not in all shells.
 */
export function posixQuoted(text: string): string {
  const pieces = splitUnseen(text, "\\n").map((piece, index) => {
    if (index % 2 === 1) return `"$(printf '${octal(piece)}')"`;
    return piece === "" ? "" : `'${piece.replaceAll("'", "'\\''")}'`;
  });
  return pieces.join("") || "''";
}

function octal(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}
