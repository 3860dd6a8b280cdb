/** The keys that work on every page. Those of the message box and of the list are handled there. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { focusComposer } from "@/entities/composing/composing-store";
import { preferences } from "@/entities/preferences/preferences";
import { isPressed } from "@/entities/shortcuts/bindings";
import type { CommandId } from "@/entities/shortcuts/commands";
import { isTyping } from "@/shared/lib/keys";
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
      focusComposer(); // and the key types there
    }
  };

  function binding(event: KeyboardEvent): (() => void) | undefined {
    const search = pane ? {} : { p: "members" as const };
    const commands: Partial<Record<CommandId, (() => void) | undefined>> = {
      jump: () => openLayer("switcher"),
      shortcuts: () => openLayer("shortcuts"),
      readAll: markAllRead,
      nextRegion: () => focusRegion(1),
      previousRegion: () => focusRegion(-1),
      messageBox: focusComposer,
      members: roomId
        ? () => void navigate({ to: "/r/$roomId", params: { roomId }, search, replace: true })
        : undefined,
    };
    const pressed = (Object.keys(commands) as CommandId[]).find((id) => isPressed(event, id));
    return pressed && commands[pressed];
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
  return isPressed(event, "jump") ? closeLayer : undefined;
}

/** A printable key pressed nowhere in particular begins a message. Space and Enter press buttons. */
function startsText(event: KeyboardEvent): boolean {
  const isPrintable = event.key.length === 1 && event.key !== " ";
  if (!isPrintable || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (preferences().singleKeys === "off" || isTyping(event.target)) return false;
  return !(event.target instanceof Element && event.target.closest(KEEPS_KEYS));
}
