/** F6: from one region of the page to the next, as in other programs. */

const REGIONS =
  "nav[aria-label=Rooms], [role=log], #composer, main aside, main [data-region], [aria-label=Notices]:has(button)";
const FOCUSABLE = "a[href], button:not(:disabled), input, textarea";

export function focusRegion(step: 1 | -1) {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter((region) =>
    region.checkVisibility(),
  );
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const from = current < 0 && step < 0 ? 0 : current;
  const next = regions[(from + step + regions.length) % Math.max(1, regions.length)];
  if (!next) return;
  const activeLink = next.querySelector<HTMLElement>("a[data-status=active]");
  const target = next.tabIndex >= 0 ? next : (activeLink ?? next.querySelector<HTMLElement>(FOCUSABLE));
  target?.focus();
}
