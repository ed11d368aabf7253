/** `tsx test/hars/record.ts --tool chrome --out FILE [--no-reload]`: a HAR of the lab's requests by another tool, with what really became of them. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { recordHars, TOOLS } from "./recorders.ts";

const { values } = parseArgs({ options: { tool: { type: "string" }, out: { type: "string" }, "no-reload": { type: "boolean" } } });
const tool = TOOLS.find((one) => one === values.tool);
if (tool === undefined || values.out === undefined) {
  console.error(`Usage: tsx test/hars/record.ts --tool ${TOOLS.join("|")} --out FILE [--no-reload]`);
  process.exit(1);
}
const recorded = await recordHars(tool, values["no-reload"] !== true);
await writeFile(values.out, `${JSON.stringify(recorded, null, 2)}\n`);
console.log(`${values.out}: ${recorded.truth.filter(({ blocked }) => blocked).length} of ${recorded.truth.length} requests blocked by ${recorded.version}`);
