import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/{unit,conformance,lab,package}/**/*.test.ts", "test/hostile/corpus.test.ts"], testTimeout: 30_000 } },
      // Files at the edge of what is read: once more if a loaded machine was too slow.
      { test: { name: "hostile", include: ["test/hostile/enormous.test.ts", "test/panel/too-long.test.ts"], retry: 1, testTimeout: 180_000, hookTimeout: 120_000 } },
      { test: { name: "cli", include: ["test/cli/**/*.test.ts"], globalSetup: "test/cli/built.ts", testTimeout: 60_000 } },
      // Real browsers: two files at a time on two cores, since they mostly wait; and once more if a loaded machine was too slow.
      { test: { name: "browsers", include: ["test/{panel,worker,playwright}/**/*.test.ts"], exclude: ["test/worker/faults/**", "test/panel/{native-hars,too-long}.test.ts"], maxWorkers: 2, retry: 1, testTimeout: 120_000, hookTimeout: 120_000 } },
      // HARs of the browsers' own tools and of Playwright, recorded and read.
      { test: { name: "hars", include: ["test/panel/native-hars.test.ts"], retry: 1, testTimeout: 120_000, hookTimeout: 120_000 } },
      // All that may go wrong around the extension; `npm run faults` prints what was lost. One at a time: some of it is load.
      { test: { name: "faults", include: ["test/worker/faults/**/*.test.ts"], maxWorkers: 1, testTimeout: 180_000, hookTimeout: 120_000 } },
    ],
  },
});
