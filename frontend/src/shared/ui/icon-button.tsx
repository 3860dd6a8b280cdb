import type { ComponentProps } from "react";
import { Tooltip } from "./tooltip";
import { useTooltip } from "./use-tooltip";

interface IconButtonProps extends ComponentProps<"button"> {
  label: string;
}

/** A button that is only an icon: its label is the accessible name, and a tooltip on hover and focus. */
export function IconButton({ label, className = "", children, ...rest }: IconButtonProps) {
  const { anchor, handlers } = useTooltip();
  return (
    <>
      <button type="button" aria-label={label} className={`icon-button ${className}`} {...handlers} {...rest}>
        {children}
      </button>
      {anchor ? <Tooltip anchor={anchor}>{label}</Tooltip> : null}
    </>
  );
}
