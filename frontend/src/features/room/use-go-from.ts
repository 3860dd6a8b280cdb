import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { openFrom } from "@/entities/timeline/segment-store";
import { setSpotlight } from "@/entities/timeline/spotlight";
import { describeError } from "@/shared/api/api-error";
import { toast } from "@/shared/ui/toast-store";

/** How to go to the first message from a seq on. What is on the screen stays there until that one has come. */
export function useGoFrom(roomId: string): (from: number) => void {
  const navigate = useNavigate();
  const { m: target } = useSearch({ from: "/in/r/$roomId" });
  /** A key that is held down asks once. */
  const isAsked = useRef(false);
  return useCallback(
    (from) => {
      if (isAsked.current) return;
      isAsked.current = true;
      openFrom(roomId, from)
        .then((seq) => {
          if (seq === null) return;
          if (seq === target) return setSpotlight({ roomId, seq });
          return navigate({
            to: "/r/$roomId",
            params: { roomId },
            search: (now) => ({ ...now, m: seq }),
            replace: true,
          });
        })
        .catch((error: unknown) => toast(describeError(error), "error"))
        .finally(() => {
          isAsked.current = false;
        });
    },
    [navigate, roomId, target],
  );
}
