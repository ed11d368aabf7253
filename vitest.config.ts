import { defineConfig } from "vitest/config";

/** Real browsers: two files at a time on two cores; and once more if a loaded machine was too slow. */
const BROWSERS = { globalSetup: "test/browsers/installed.ts", maxWorkers: 2, retry: 1, testTimeout: 120_000, hookTimeout: 120_000 } as const;

/** No file leaves anything behind: each fork loads `src` once for all of its files. */
const NO_BROWSER = { isolate: false, maxWorkers: 2 } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/{unit,conformance,lab,package,soak}/**/*.test.ts", "test/hostile/corpus.test.ts"], ...NO_BROWSER, testTimeout: 30_000 } },
      { test: { name: "cli", include: ["test/cli/**/*.test.ts"], globalSetup: "test/cli/built.ts", ...NO_BROWSER, testTimeout: 60_000 } },
      { test: { name: "browsers", include: ["test/{worker,panel,playwright}/*.test.ts"], ...BROWSERS } },
      // Each state of the panel, in both themes, two widths and Korean; and by the keyboard alone.
      { test: { name: "accessibility", include: ["test/panel/accessibility/*.test.ts"], ...BROWSERS } },
      // HARs that the browsers' own tools and Playwright write, and ours opened in those tools.
      { test: { name: "hars", include: ["test/hars/*.test.ts"], ...BROWSERS } },
      // Files at the edge of what is read.
      { test: { name: "hostile", include: ["test/hostile/{enormous,too-long}.test.ts"], ...BROWSERS, testTimeout: 180_000 } },
      // All that may go wrong around the extension; `npm run faults` prints what was lost. One at a time, as some of it is load; and once: what was lost is lost.
      { test: { name: "faults", include: ["test/worker/faults/**/*.test.ts"], ...BROWSERS, maxWorkers: 1, retry: 0, testTimeout: 180_000 } },
    ],
  },
});
