// Fails when a page's first JavaScript or the style sheet outgrows its budget (gzip, kB = 1024 bytes).
// Walks Vite's manifest: the entry, its static imports, and the page's own chunk with its static imports.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MAX_LAZY_CHUNK_KB = 45;
const MAX_CSS_KB = 12;
const PAGE_BUDGETS_KB = {
  "src/app/pages/login-page.tsx": 140,
  "src/app/pages/room-page.tsx": 200,
};

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const gzipKb = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / 1024;
const graph = (key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) graph(imported, seen);
  return seen;
};

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = new Set();
let failures = 0;
const check = (name, kb, budget) => {
  if (kb > budget) failures++;
  console.log(`${kb > budget ? "over" : "ok  "} ${name.padEnd(44)} ${kb.toFixed(1)} kB of ${budget}`);
};

for (const [page, budget] of Object.entries(PAGE_BUDGETS_KB)) {
  const keys = graph(page, graph(entry));
  for (const key of keys) first.add(key);
  check(
    page,
    [...keys].reduce((sum, key) => sum + gzipKb(manifest[key].file), 0),
    budget,
  );
}
for (const [key, chunk] of Object.entries(manifest)) {
  if (chunk.isDynamicEntry && !first.has(key)) check(key, gzipKb(chunk.file), MAX_LAZY_CHUNK_KB);
}
const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
check(
  "style sheets",
  [...css].reduce((sum, file) => sum + gzipKb(file), 0),
  MAX_CSS_KB,
);
process.exit(failures ? 1 : 0);
