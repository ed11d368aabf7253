import { createGenerator } from "ts-json-schema-generator";

/** Where the schema of `_cors` lies; its number is `CONTRACT_VERSION`. */
export const SCHEMA_FILE = "schema/cors-1.schema.json";

/** The JSON Schema of `_cors`, from its types in src/report/contract.ts and what is said of them there. */
export function generateSchema(): string {
  const schema = createGenerator({ path: "src/report/contract.ts", tsconfig: "tsconfig.json", type: "Cors", skipTypeCheck: true, topRef: false }).createSchema("Cors");
  const head = { $schema: schema.$schema, $id: "https://cors-explainer.dev/schema/cors-1.schema.json", title: "_cors, in the entries of a HAR by CORS Explainer" };
  return `${JSON.stringify({ ...head, ...schema, ...head }, null, 2)}\n`;
}
