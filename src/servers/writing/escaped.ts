/** What a policy has, written so that a regular expression takes it for itself and nothing else. */
export function escaped(plain: string): string {
  return plain.replace(/[.[\]*]/g, "\\$&");
}
