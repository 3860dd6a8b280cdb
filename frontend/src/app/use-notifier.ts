import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { usePreference } from "@/entities/preferences/preferences";
import { useMe } from "@/entities/session/session-store";
import { openMessage } from "./open-message";

/** Runs the notifier while it is wanted; nobody else loads it. */
export function useNotifier() {
  const me = useMe();
  const navigate = useNavigate();
  const isOn = usePreference("notify") !== "off";
  const latestMe = useRef(me);
  latestMe.current = me;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the person, not what they are called today
  useEffect(() => {
    if (!isOn) return;
    let isHere = true;
    let stop: (() => void) | undefined;
    const open = (roomId: string, seq: number) => openMessage(navigate, roomId, seq);
    import("@/features/notifications/notifier").then(
      ({ startNotifier }) => {
        if (isHere) stop = startNotifier(latestMe.current, open);
      },
      () => {}, // a part that does not load; the sidebar counts all the same
    );
    return () => {
      isHere = false;
      stop?.();
    };
  }, [isOn, me.id, navigate]);
}
