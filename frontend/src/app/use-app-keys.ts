/** The keys that work on every page. Those of the message box and of the list are handled there. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { preferences } from "@/entities/preferences/preferences";
import { isTyping, matches } from "@/shared/lib/keys";
import { closeLayer, openLayer } from "./layers";
import { markAllRead } from "./mark-all-read";
import { focusRegion } from "./regions";

/** Where single keys mean something else: lists and panes with keys of their own, and whatever lies on top. */
const KEEPS_KEYS = "[role=log], [role=menu], [role=listbox], [role=dialog], dialog, aside";

export function useAppKeys() {
  const navigate = useNavigate();
  const { roomId } = useParams({ strict: false });
  const { p: pane } = useSearch({ strict: false });
  const onKeyDown = (event: KeyboardEvent) => {
    const isCovered = document.querySelector("dialog[open]") !== null;
    const run = isCovered ? coveredBinding(event) : binding(event);
    if (run) {
      event.preventDefault();
      run();
    } else if (!isCovered && startsText(event)) {
      document.getElementById("composer")?.focus(); // and the key types there
    }
  };

  function binding(event: KeyboardEvent): (() => void) | undefined {
    if (matches(event, "Mod+K")) return () => openLayer("switcher");
    if (matches(event, "Mod+/")) return () => openLayer("shortcuts");
    if (matches(event, "Shift+Escape")) return markAllRead;
    if (matches(event, "F6")) return () => focusRegion(1);
    if (matches(event, "Shift+F6")) return () => focusRegion(-1);
    if (matches(event, "Mod+Shift+L")) return () => document.getElementById("composer")?.focus();
    if (matches(event, "Mod+.") && roomId) {
      const search = pane ? {} : { p: "members" as const };
      return () => void navigate({ to: "/r/$roomId", params: { roomId }, search, replace: true });
    }
    const isSingle = preferences().singleKeys === "on" && !isTyping(event.target);
    return isSingle && matches(event, "?") ? () => openLayer("shortcuts") : undefined;
  }

  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.isComposing) latest.current(event);
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function coveredBinding(event: KeyboardEvent): (() => void) | undefined {
  return matches(event, "Mod+K") ? closeLayer : undefined;
}

/** A printable key pressed nowhere in particular begins a message. Space and Enter press buttons. */
function startsText(event: KeyboardEvent): boolean {
  const isPrintable = event.key.length === 1 && event.key !== " ";
  if (!isPrintable || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (preferences().singleKeys === "off" || isTyping(event.target)) return false;
  return !(event.target instanceof Element && event.target.closest(KEEPS_KEYS));
}
