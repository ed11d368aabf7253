/** `npm run schema`: writes the published schema anew, after a change of its types. */
import { mkdirSync, writeFileSync } from "node:fs";
import { generateSchema, SCHEMA_FILE } from "./generate.ts";

mkdirSync("schema", { recursive: true });
writeFileSync(SCHEMA_FILE, generateSchema());
