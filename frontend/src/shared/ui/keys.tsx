import { keyNames } from "@/shared/lib/keys";

/** A key combination, one cap per key. */
export function Keys({ combo }: { combo: string }) {
  return (
    <span className="inline-flex flex-none gap-1">
      {keyNames(combo).map((key) => (
        <kbd
          key={key}
          className="min-w-5.5 rounded-control border border-line border-b-2 bg-surface px-1.5 text-center font-sans text-meta text-muted leading-5"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
