/** Lines one level deeper, in steps of two spaces. */
export function indented(lines: readonly string[], levels = 1): string[] {
  return lines.map((line) => `${"  ".repeat(levels)}${line}`);
}

/** A file's text: each line ends. */
export function text(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
