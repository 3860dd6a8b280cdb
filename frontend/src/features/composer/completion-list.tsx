import type { useCombo } from "@/shared/ui/use-combo";
import type { Suggestion } from "./completion";

interface CompletionListProps {
  suggestions: readonly Suggestion[];
  combo: ReturnType<typeof useCombo>;
}

/** Above the message box, while a name is typed in it. How many there are is read out. */
export function CompletionList({ suggestions, combo }: CompletionListProps) {
  const count = suggestions.length;
  return (
    <>
      <span role="status" className="sr-only">
        {count > 0 ? `${count} ${count === 1 ? "suggestion" : "suggestions"}` : ""}
      </span>
      {count > 0 ? (
        <div {...combo.list} className="menu absolute bottom-full left-0 mb-1.5 w-[min(24rem,100%)]">
          {suggestions.map(({ key, label, detail }, index) => (
            <div key={key} {...combo.option(index)} className="menu-item aria-selected:bg-accent-soft">
              <span className="flex-none">{label}</span>
              <span className="truncate text-muted text-sm">{detail}</span>
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
}
