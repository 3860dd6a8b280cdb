// Draws the PNG icons from public/icon.svg, for systems that take no SVG. Maskable ones fill the square, so that any
// shape can be cut out of them, with the sign inside the safe circle.
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const icon = readFileSync("public/icon.svg", "utf8");
const maskable = icon
  .replace(' rx="112"', "")
  .replace("<path ", '<path transform="translate(256 256) scale(.78) translate(-256 -256)" ');
const PICTURES = [
  ["icon-192", icon, 192],
  ["icon-512", icon, 512],
  ["icon-maskable-512", maskable, 512],
  ["icon-apple-180", maskable, 180],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [name, svg, size] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const url = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await page.setContent(`<img src="${url}" width="${size}" height="${size}" style="position:fixed;inset:0">`);
  await page.locator("img").screenshot({ path: `public/${name}.png`, omitBackground: true });
}
await browser.close();
