import { resolve } from "node:path";
import tests from "../../frontend/playwright.config";

process.env["DEVSCHAT_BIN"] ??= resolve(import.meta.dirname, "../../target/release/devschat");

/** `make bench-spa`: the built app in Chromium, served by the released server. Figures never fail a run. */
export default {
  ...tests,
  testDir: ".",
  testMatch: "*.measure.ts",
  outputDir: "../../frontend/test-results/bench",
  timeout: 300_000,
  reporter: "./support/report.ts",
};
