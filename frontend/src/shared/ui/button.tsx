import type { ComponentProps } from "react";

/** Borders nobody sees: forced colours take backgrounds away and leave those. */
const looks = {
  primary: "border border-transparent bg-accent text-accent-fg hover:opacity-92 disabled:opacity-55",
  secondary: "border border-strong bg-surface text-fg hover:bg-hover disabled:opacity-55",
  danger: "border border-transparent bg-badge text-white hover:opacity-92 disabled:opacity-55",
  quiet: "text-muted hover:bg-hover hover:text-fg",
};

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  "data-autofocus"?: boolean;
}

export function Button({ look = "secondary", className = "", type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={`touch-target inline-flex min-h-9 items-center justify-center gap-2 rounded-control px-3.5 font-medium transition-colors ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
