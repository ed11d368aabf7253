import { detailed, JUDGEMENT_VERSION } from "../src/judge-har.ts";
import type { Format } from "./report.ts";

/** For programs: the judgement of each file, as `judgeHar` gives it. */
export const json: Format = (reports, { words }) => {
  const files = reports.map((report) => {
    if ("problem" in report) return { file: report.name, problem: report.problem };
    const { findings } = report;
    return { file: report.name, version: JUDGEMENT_VERSION, source: findings.source, counts: findings.counts, exchanges: findings.found.map(detailed(findings, { words })) };
  });
  return `${JSON.stringify({ version: JUDGEMENT_VERSION, files }, null, 2)}\n`;
};
