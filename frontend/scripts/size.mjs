// Fails when a page's first JavaScript or the style sheet outgrows its budget (gzip, kB = 1024 bytes).
// Walks Vite's manifest: the entry, the frame around the page where it has one, and the page's own chunk, each with
// its static imports.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MAX_LAZY_CHUNK_KB = 45;
const MAX_CSS_KB = 12;
const PAGES = [
  { page: "src/app/pages/login-page.tsx", frames: [], budgetKb: 140 },
  { page: "src/app/pages/room-page.tsx", frames: ["src/app/shell.tsx"], budgetKb: 200 },
  {
    page: "src/app/pages/server-settings-pages.ts",
    frames: ["src/app/shell.tsx", "src/app/pages/settings-page.tsx"],
    budgetKb: 170,
  },
];

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

for (const { page, frames, budgetKb } of PAGES) {
  const keys = new Set([entry, ...frames, page].flatMap((key) => [...graph(key)]));
  for (const key of keys) first.add(key);
  check(
    page,
    [...keys].reduce((sum, key) => sum + gzipKb(manifest[key].file), 0),
    budgetKb,
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
