import { DropdownMenu } from "radix-ui";
import { type ComponentProps, type Ref, type RefObject, useLayoutEffect, useRef } from "react";
import type { MenuHandle } from "./menu-button";

type Content = ComponentProps<typeof DropdownMenu.Content>;

const FIRST_ITEM = "[role^=menuitem]:not([data-disabled])";

/** What opens from a `MenuButton`. Only for lazy components: it would bring the library to the first page. */
export function Menu({ button, isOpen, onOpenChange, className = "", ...content }: MenuHandle & Content) {
  // The library knows of keys that were pressed since it is here. The one that opens a menu may have loaded it.
  const isEntryDue = useRef(isOpen && button.current?.matches(":focus-visible"));
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <Existing button={button} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-labelledby={undefined}
          aria-label={button.current?.getAttribute("aria-label") ?? button.current?.textContent ?? "Menu"}
          sideOffset={6}
          className={`menu ${className}`}
          onInteractOutside={(event) => {
            if (button.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onFocus={({ target, currentTarget }) => {
            if (target !== currentTarget || !isEntryDue.current) return;
            isEntryDue.current = false;
            currentTarget.querySelector<HTMLElement>(FIRST_ITEM)?.focus();
          }}
          {...content}
        />
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Hands Radix, which would make a button, the one that is there. */
function Existing({
  button,
  ref,
}: {
  button: RefObject<HTMLButtonElement | null>;
  ref?: Ref<HTMLButtonElement>;
}) {
  useLayoutEffect(() => {
    if (typeof ref !== "function") return undefined;
    const forget = ref(button.current);
    return () => {
      if (forget) forget();
      else ref(null);
    };
  }, [button, ref]);
  return null;
}
