import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./vite.compressed.ts";
import { emoji } from "./vite.emoji.ts";
import { serviceWorker } from "./vite.service-worker.ts";

/** What many pages need, in two files: each file is a request of its own, and a page waits for the last of them. */
const groups = [
  { name: "icons", test: /[\\/]lucide-react[\\/]/, minShareCount: 2 },
  { name: "parts", test: /[\\/]src[\\/](shared|entities)[\\/]/, minShareCount: 5 },
];

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [react(), tailwindcss(), emoji(), serviceWorker(), compressed()],
  // An inlined font would be a `data:` URL, which the Content-Security-Policy blocks.
  build: {
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    proxy: {
      "/api/v1/ws": { target: "ws://localhost:8080", ws: true },
      "/api": "http://localhost:8080",
      "/metrics": "http://localhost:8080",
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    pool: "threads",
    maxWorkers: 2,
  },
});
