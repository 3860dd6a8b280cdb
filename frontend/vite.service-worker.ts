import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

/** Of the fonts only what Latin text needs; other scripts load theirs when they occur. */
const IS_KEPT = /\.(js|css|svg)$|-latin-wght-normal-[^/]*\.woff2$/;

/**
 * After a build: writes /sw.js with the list of this version's files baked in. A change of any of them changes the
 * worker, which is how browsers notice a new version.
 */
export function serviceWorker(): Plugin {
  let outDir = "dist";
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async writeBundle(_options, bundle) {
      const built = Object.keys(bundle).filter((name) => IS_KEPT.test(name));
      const copied = readdirSync("public").filter((name) => /\.(js|svg|png|webmanifest)$/.test(name));
      const version = createHash("sha256");
      for (const name of [...built, ...copied, "index.html"].sort()) {
        version.update(name).update(readFileSync(join(outDir, name)));
      }
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: {
          __FILES__: JSON.stringify(["/", ...[...built, ...copied].sort().map((name) => `/${name}`)]),
          __VERSION__: JSON.stringify(version.digest("hex").slice(0, 12)),
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: "es2022",
          rolldownOptions: {
            input: fileURLToPath(new URL("./src/sw/sw.ts", import.meta.url)),
            output: { entryFileNames: "sw.js", format: "iife" },
          },
        },
      });
    },
  };
}
