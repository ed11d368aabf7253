import { words } from "../../words.ts";
import type { ReadProblem } from "./file-reader.ts";

/** What is wrong with a file, in the user's words. */
export function problemText(problem: ReadProblem): string {
  switch (problem.kind) {
    case "har":
      return harText(problem);
    case "unreadable":
      return words("import_unreadable");
    case "silent":
      return words("import_silent");
    case "failed":
      return problem.message === "" ? words("import_crashed") : words("import_crashed_saying", [problem.message]);
  }
}

function harText({ problem, place, found }: Extract<ReadProblem, { kind: "har" }>): string {
  const [, line, column] = /^line (\d+), column (\d+)$/.exec(place) ?? [];
  if (problem === "not-json" && found === "nothing") return words("import_empty");
  if (problem === "not-json" && line !== undefined && column !== undefined) return words("har_problem_not_json", [line, column]);
  return words(`har_problem_${problem.replaceAll("-", "_")}`, [place === "the file" ? words("har_whole") : place, foundText(found)]);
}

/** What stands there: JSON, or what src/har says where that would be no help. */
function foundText(found: string): string {
  const key = FOUND.get(found);
  return key === undefined ? found : words(key);
}

const FOUND: ReadonlyMap<string, string> = new Map([
  ["", "har_found_other"],
  ["a list", "har_found_list"],
  ["an object", "har_found_object"],
  ["nothing", "har_found_nothing"],
]);
