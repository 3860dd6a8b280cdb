import { Outlet, useLocation, useMatch, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useMyRooms } from "@/entities/rooms/my-rooms";
import { useMe } from "@/entities/session/session-store";
import { ConnectionBar } from "@/features/connection/connection-bar";
import { useBadges } from "@/features/notifications/use-badges";
import { Sidebar } from "@/features/sidebar/sidebar";
import { useIsNarrow } from "@/shared/lib/use-is-narrow";
import { Announcer } from "@/shared/ui/announcer";
import { Toaster } from "@/shared/ui/toaster";
import { openLayer, useLayer } from "./layers";
import { keepCopy } from "./offline/keep-copy";
import { startRealtime } from "./realtime/realtime";
import { useAppKeys } from "./use-app-keys";
import { useNotifier } from "./use-notifier";
import { useRoomKeys } from "./use-room-keys";

const Layer = lazy(() => import("./layer"));

/** Everything a signed-in person sees: rooms at the side, one page beside it. Phones show one of the two. */
export default function Shell() {
  const me = useMe();
  const isList = useLocation({ select: ({ pathname }) => pathname === "/" });
  const isListAlone = useIsNarrow() && isList;
  const layer = useLayer();
  const latestMe = useRef(me);
  latestMe.current = me;
  // By id: a changed name is no reason to connect anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the person is what this runs for
  useEffect(() => startRealtime(latestMe.current), [me.id]);
  useNotifier();
  useEffect(keepCopy, []);
  useBadges();
  const { roomId } = useParams({ strict: false });
  const isRoomPage = useMatch({ from: "/in/r/$roomId", shouldThrow: false }) !== undefined;
  const room = useMyRooms().data?.find(({ id }) => id === roomId);
  const mayWrite = isRoomPage && room && !room.archived_at;
  useRoomKeys(roomId);
  useAppKeys();
  return (
    <>
      {isListAlone ? null : <SkipLink href="#main">Skip to content</SkipLink>}
      {isRoomPage && room ? <SkipLink href="#messages">Skip to messages</SkipLink> : null}
      {mayWrite ? <SkipLink href="#composer">Skip to composer</SkipLink> : null}
      <div className="grid h-dvh grid-cols-[260px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] max-md:grid-cols-1">
        <div
          role={isListAlone ? "main" : undefined}
          className={`min-h-0 border-line border-r ${isList ? "max-md:border-0" : "max-md:hidden"}`}
        >
          <Sidebar
            isPage={isListAlone}
            onJump={() => openLayer("switcher")}
            onCreateRoom={() => openLayer("create_room")}
            onShowShortcuts={(opener) => openLayer("shortcuts", opener)}
            onSignOut={(opener) => openLayer("sign_out", opener)}
          />
        </div>
        <main
          id="main"
          tabIndex={-1}
          className={`relative flex min-h-0 min-w-0 flex-col bg-surface outline-none ${isList ? "max-md:hidden" : ""}`}
        >
          <Outlet />
          <ConnectionBar isOverPage={isRoomPage} />
        </main>
      </div>
      {layer ? (
        <Suspense>
          <Layer layer={layer} />
        </Suspense>
      ) : null}
      <Announcer />
      <Toaster />
    </>
  );
}

/** Seen when it has the focus. */
const SkipLink = ({ href, children }: { href: string; children: string }) => (
  <a
    href={href}
    className="-translate-y-16 absolute top-2 left-2 z-50 rounded-control bg-accent px-3 py-2 font-medium text-accent-fg focus:translate-y-0"
  >
    {children}
  </a>
);
