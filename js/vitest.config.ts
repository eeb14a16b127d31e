import { defineConfig } from "vitest/config";

// Most tests need no DOM, and making one takes longer than running them: those that do begin with
// `// @vitest-environment jsdom`.
export default defineConfig({
  test: { environment: "node", pool: "threads", include: ["src/**/*.test.{ts,tsx}", "*.test.mjs"] },
});
