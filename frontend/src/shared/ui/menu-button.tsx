import { type ComponentProps, type ReactNode, type RefObject, Suspense, useRef, useState } from "react";

/** What a menu needs to know of its button. */
export interface MenuHandle {
  button: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

interface MenuButtonProps extends ComponentProps<"button">, MenuHandle {
  /** A `Menu`, in a lazy component: it is loaded when somebody comes near the button. */
  menu: (handle: MenuHandle) => ReactNode;
}

/** The button of a menu. What a menu is made of is a tenth of the app, and most visits open none. */
export function MenuButton({ button, isOpen, onOpenChange, menu, children, ...rest }: MenuButtonProps) {
  const [isWanted, setIsWanted] = useState(false);
  const want = () => setIsWanted(true);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-state={isOpen ? "open" : "closed"}
        onPointerEnter={want}
        onFocus={want}
        onClick={() => {
          want();
          onOpenChange(!isOpen);
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          onOpenChange(true);
        }}
        {...rest}
      >
        {children}
      </button>
      {isWanted || isOpen ? <Suspense>{menu({ button, isOpen, onOpenChange })}</Suspense> : null}
    </>
  );
}

/** For a button that nobody else opens. */
export function useMenu(): MenuHandle {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, onOpenChange] = useState(false);
  return { button, isOpen, onOpenChange };
}
