import { quotedAll } from "./literals.ts";

/** The fields of a Go struct, one a line, as gofmt aligns them. */
export function structFields(fields: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...fields.map(([name]) => name.length)) + 2;
  return fields.map(([name, value]) => `	${`${name}:`.padEnd(width)}${value},\n`).join("");
}

/** A Go slice of strings. */
export function slice(values: readonly string[]): string {
  return `[]string{${quotedAll(values)}}`;
}
