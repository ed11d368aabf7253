/** Those of a policy's methods that a service has a name for: it refuses a configuration with any other. `*` stands for all of them. */
export function knownMethods(known: readonly string[], methods: readonly string[]): readonly string[] {
  return methods.includes("*") ? known : known.filter((method) => methods.includes(method));
}
