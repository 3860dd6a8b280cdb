import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** `npm run screenshots`: pictures of every page, into ../docs/screenshots. */
export default defineConfig(tests, { testDir: "screenshots", testMatch: "*.pictures.ts" });
