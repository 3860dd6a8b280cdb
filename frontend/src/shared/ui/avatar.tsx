const HUES = 8;

/** The same person has the same colour everywhere. */
function hueOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % HUES;
}

/** What people see as one character may be several in a string. */
const graphemes = new Intl.Segmenter();
const charactersOf = (word: string) => Array.from(graphemes.segment(word), ({ segment }) => segment);

function initials(name: string): string {
  const [first = "", ...others] = name.trim().split(/\s+/);
  const last = others.at(-1);
  const letters = last ? [charactersOf(first)[0], charactersOf(last)[0]] : charactersOf(first).slice(0, 2);
  return letters.join("").toUpperCase();
}

const sizes = {
  sm: "size-7 rounded-control text-[0.6875rem]",
  md: "size-9 rounded-card text-sm",
  lg: "size-14 rounded-panel text-page",
};

/** Decoration: the name always stands beside it. */
export function Avatar({ id, name, size = "md" }: { id: string; name: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      data-hue={hueOf(id)}
      className={`avatar grid flex-none select-none place-items-center font-semibold ${sizes[size]}`}
    >
      {initials(name)}
    </span>
  );
}
