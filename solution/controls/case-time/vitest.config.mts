import { defineConfig } from "vitest/config";

/** What needs a document has one; all else runs without. */
export default defineConfig({
  test: {
    restoreMocks: true,
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: "values",
          include: ["test/{core,rows,signin,harness,pages/core}/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          environment: "jsdom",
          include: ["test/{view,platform,pages/view}/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
