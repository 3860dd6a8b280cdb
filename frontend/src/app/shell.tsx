import { Outlet, useLocation, useParams } from "@tanstack/react-router";
import { Tooltip } from "radix-ui";
import { useEffect } from "react";
import { useMe } from "@/entities/session/session-store";
import { ConnectionBar } from "@/features/connection/connection-bar";
import { Sidebar } from "@/features/sidebar/sidebar";
import { Announcer } from "@/shared/ui/announcer";
import { Toaster } from "@/shared/ui/toaster";
import { startRealtime } from "./realtime/realtime";
import { useRoomKeys } from "./use-room-keys";

/** Everything a signed-in person sees: rooms at the side, one page beside it. Phones show one of the two. */
export default function Shell() {
  const me = useMe();
  const isList = useLocation({ select: ({ pathname }) => pathname === "/" });
  useEffect(() => startRealtime(me), [me]);
  const { roomId } = useParams({ strict: false });
  useRoomKeys(roomId);
  return (
    <Tooltip.Provider delayDuration={400}>
      {roomId ? (
        <a
          href="#composer"
          className="-translate-y-16 absolute top-2 left-2 z-50 rounded-control bg-accent px-3 py-2 font-medium text-accent-fg focus:translate-y-0"
        >
          Skip to composer
        </a>
      ) : null}
      <div className="grid h-dvh grid-cols-[260px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-md:grid-cols-1">
        <div className={`min-h-0 border-line border-r ${isList ? "max-md:border-0" : "max-md:hidden"}`}>
          <Sidebar />
        </div>
        <main
          className={`relative flex min-h-0 min-w-0 flex-col bg-surface ${isList ? "max-md:hidden" : ""}`}
        >
          <ConnectionBar />
          <Outlet />
        </main>
      </div>
      <Announcer />
      <Toaster />
    </Tooltip.Provider>
  );
}
