declare global {
  /** https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory: what its policies make is taken wherever a text was. */
  var trustedTypes: { createPolicy(name: string, rules: Rules): Rules } | undefined;
}

interface Rules {
  createScriptURL(input: string): string;
}

/** The path is that of panel.html. */
const PATH = "import-worker.js";

let policy: Rules | undefined;

/** Where the reading worker's script is, as `Worker` takes it: by the one policy that the manifest allows, once, which lets nothing else through. */
export function workerAddress(): string {
  // Firefox knows none before 148.
  policy ??= globalThis.trustedTypes?.createPolicy("import-worker", { createScriptURL: () => PATH });
  return policy?.createScriptURL(PATH) ?? PATH;
}
