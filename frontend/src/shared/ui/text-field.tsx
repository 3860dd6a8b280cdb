import { type ComponentProps, type ReactNode, useId } from "react";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  "data-autofocus"?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A labelled input. The error replaces the hint and is tied to the input, so it is read out with it. */
export function TextField({ label, hint, error, className = "", ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="touch-target mt-1 block min-h-9 w-full rounded-control border border-strong bg-surface px-3 outline-offset-0 hover:border-muted aria-invalid:border-danger"
        {...rest}
      />
      {note ? (
        <p id={`${id}-note`} className={`mt-1 text-sm ${error ? "text-danger" : "text-muted"}`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
