/** Times in the person's own locale and zone. */
/** Making a format takes longer than using it a hundred times, so each is made once, when it is needed. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const dates = (options: Intl.DateTimeFormatOptions) =>
  once(() => new Intl.DateTimeFormat(undefined, options));
const clock = dates({ timeStyle: "short" });
const weekday = dates({ weekday: "long", day: "numeric", month: "long" });
const withYear = dates({ dateStyle: "long" });
const full = dates({ dateStyle: "full", timeStyle: "short" });
const relative = once(() => new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }));

export const formatTime = (at: string): string => clock().format(new Date(at));
export const formatFull = (at: string): string => full().format(new Date(at));

/** Same text for the same local day. */
export function dayKey(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function formatDay(at: string, now = new Date()): string {
  const date = new Date(at);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(at) === dayKey(now.toISOString())) return "Today";
  if (dayKey(at) === dayKey(yesterday.toISOString())) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? weekday().format(date) : withYear().format(date);
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** `3 hours ago`, `yesterday`; less than a minute is `just now`. */
export function formatAgo(at: string, now = Date.now()): string {
  const seconds = (now - new Date(at).getTime()) / 1_000;
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit ? relative().format(-Math.floor(seconds / unit[1]), unit[0]) : "just now";
}
