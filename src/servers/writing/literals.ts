/** A string in double quotes, as JSON, JavaScript and most other languages write it. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Strings in double quotes with commas between: the inside of a list, or arguments. */
export function quotedAll(values: readonly string[]): string {
  return values.map(quoted).join(", ");
}

/** A list of strings on one line, as JavaScript, YAML, Python and Rust write it. */
export function list(values: readonly string[]): string {
  return `[${quotedAll(values)}]`;
}

/** A line of a JavaScript object literal, its name in quotes only where it needs them. */
export function property(name: string, value: string): string {
  return `${/^\w+$/.test(name) ? name : quoted(name)}: ${quoted(value)},`;
}
