import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);
const read = (path: string) => readFileSync(require.resolve(`emojibase-data/en/${path}`), "utf8");

/** `{name: emoji}`, for completing `:name`. */
function shortcodes(): string {
  const emojis = JSON.parse(read("data.json")) as { hexcode: string; emoji: string }[];
  const names = JSON.parse(read("shortcodes/iamcal.json")) as Record<string, string | string[]>;
  const pairs = emojis.flatMap(({ hexcode, emoji }) =>
    [names[hexcode] ?? []].flat().map((name) => [name, emoji] as const),
  );
  return JSON.stringify(Object.fromEntries(pairs));
}

/** The emoji's names and groups, served by ourselves: the picker would ask a CDN. Read only when somebody opens it. */
const FILES: Record<string, () => string> = {
  "emoji/en/data.json": () => read("data.json"),
  "emoji/en/messages.json": () => read("messages.json"),
  "emoji/shortcodes.json": shortcodes,
};

export function emoji(): Plugin {
  return {
    name: "emoji",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const content = FILES[(request.url ?? "").slice(1)];
        if (!content) return next();
        response.setHeader("content-type", "application/json").end(content());
      });
    },
    generateBundle() {
      for (const [fileName, content] of Object.entries(FILES)) {
        this.emitFile({ type: "asset", fileName, source: content() });
      }
    },
  };
}
