import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/{unit,conformance,lab}/**/*.test.ts"], testTimeout: 30_000 } },
      // Real browsers: one file at a time on two cores, and once more if a loaded machine was too slow.
      { test: { name: "browsers", include: ["test/{panel,worker}/**/*.test.ts"], fileParallelism: false, retry: 1, testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
