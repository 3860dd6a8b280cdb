import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const IS_TEXT = /\.(js|css|html|json|svg|webmanifest)$/;
/** Below this the names of the encoding weigh more than what it saves. */
const MIN_BYTES = 1_024;

/** After a build: `file.br` and `file.gz` beside each file of text, so that no server compresses it for each visitor. */
export function compressed(): Plugin {
  let outDir = "dist";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      for (const name of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
        if (!IS_TEXT.test(name) || name.startsWith(".vite")) continue;
        const path = join(outDir, name);
        const content = readFileSync(path);
        if (content.length < MIN_BYTES) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
