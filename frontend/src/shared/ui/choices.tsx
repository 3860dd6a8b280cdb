import type { ReactNode } from "react";

interface ChoicesProps<T extends string> {
  legend: string;
  hint?: ReactNode;
  name: string;
  value: T;
  options: readonly { value: T; label: string; hint?: string; picture?: ReactNode }[];
  isDisabled?: boolean;
  columns: string;
  onChange: (value: T) => void;
}

/** One of a few, each with room for a word of explanation. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, hint, name, value, options, isDisabled = false, columns, onChange } = props;
  return (
    <fieldset disabled={isDisabled}>
      <legend className="font-medium text-sm">{legend}</legend>
      {hint ? <p className="text-muted text-sm">{hint}</p> : null}
      <div className={`mt-2 grid gap-2 ${columns}`}>
        {options.map((option) => (
          <label
            key={option.value}
            className={`touch-target rounded-card border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft ${isDisabled ? "opacity-60" : "hover:bg-hover"}`}
          >
            {option.picture}
            <span className="flex items-start gap-2.5">
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={option.value === value}
                onChange={() => onChange(option.value)}
                className="mt-0.75 size-4 flex-none accent-(--accent)"
              />
              <span>
                <span className="block font-medium text-sm leading-5.5">{option.label}</span>
                {option.hint ? (
                  <span className="block text-balance text-muted text-sm">{option.hint}</span>
                ) : null}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
