import { useCallback, useEffect, useMemo, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useOutbox } from "@/entities/outbox/outbox-store";
import { useReadState } from "@/entities/read-state/read-state-store";
import { useMe } from "@/entities/session/session-store";
import { loadOlder, useLoads } from "@/entities/timeline/load-pages";
import { buildRows, type Row } from "@/entities/timeline/rows";
import { useTimeline } from "@/entities/timeline/timeline-store";
import type { Room } from "@/shared/api/types";
import { useEscape } from "@/shared/lib/use-escape";
import { JumpToLatest } from "./jump-to-latest";
import { ListRow } from "./list-row";
import { OlderHistory } from "./older-history";
import { useAttention } from "./use-attention";
import { useNewLine } from "./use-new-line";
import { usePinnedScroll } from "./use-pinned-scroll";
import { useReadTracking } from "./use-read-tracking";

const LOAD_OLDER_PX = 1_200;
const OLDER_HEIGHT_PX = 48;

/** A room's messages, newest at the bottom. Mount it with `key={room.id}`, when the room's read state is known. */
export function MessageList({ room }: { room: Room }) {
  const me = useMe();
  const timeline = useTimeline(room.id);
  const pending = useOutbox(room.id);
  const loads = useLoads(room.id);
  const hasAttention = useAttention();
  const { newAfter, dismiss } = useNewLine(room.id, hasAttention);
  const rows = useMemo<Row[]>(
    () => buildRows({ timeline, pending, userId: me.id, newAfter }),
    [timeline, pending, me.id, newAfter],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<VirtualizerHandle>(null);
  const { isPinned, isFar, onScroll, jumpToEnd } = usePinnedScroll(scroller, handle, rows);
  const look = useReadTracking(room.id, rows, handle, isPinned, hasAttention);
  const prepends = useRef(timeline.prepends);
  const isShift = timeline.prepends !== prepends.current;
  useEffect(() => {
    prepends.current = timeline.prepends;
  });
  const mayLoad = timeline.hasOlder && loads.older !== "failed";
  const loadNearTop = useCallback(
    (offset: number) => {
      if (mayLoad && offset < LOAD_OLDER_PX) void loadOlder(room.id);
    },
    [mayLoad, room.id],
  );
  // A page that doesn't fill the screen makes no scroll event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what this runs for
  useEffect(() => {
    if (handle.current) loadNearTop(handle.current.scrollOffset);
  }, [rows, loadNearTop]);
  useEscape(() => {
    dismiss();
    jumpToEnd();
  }, "dialog[open], [role=menu], aside");
  const sent = useSentCount(pending);
  useEffect(() => {
    if (sent > 0) jumpToEnd();
  }, [sent, jumpToEnd]);
  const unread = useReadState(room.id)?.unread ?? 0;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={`Messages in ${room.name}`}
        tabIndex={0}
        className="scroller absolute inset-0 focus-visible:-outline-offset-2"
      >
        <OlderHistory
          heightPx={OLDER_HEIGHT_PX}
          state={timeline.hasOlder ? loads.older : "done"}
          onRetry={() => void loadOlder(room.id)}
        />
        <Virtualizer
          ref={handle}
          scrollRef={scroller}
          data={rows}
          shift={isShift}
          startMargin={OLDER_HEIGHT_PX}
          bufferSize={800}
          onScroll={(offset) => {
            onScroll(offset);
            loadNearTop(offset);
            look();
          }}
        >
          {(row: Row) => <ListRow key={row.key} row={row} room={room} me={me} />}
        </Virtualizer>
        <div className="h-3" />
      </div>
      {isFar ? <JumpToLatest unread={unread} onJump={jumpToEnd} /> : null}
    </div>
  );
}

/** Grows with each message written here, so that one's own words are always seen. */
function useSentCount(pending: readonly { client_id: string }[]): number {
  const known = useRef(new Set<string>());
  const count = useRef(-1);
  if (count.current < 0) {
    count.current = 0;
    for (const { client_id } of pending) known.current.add(client_id);
  }
  for (const { client_id } of pending) {
    if (known.current.has(client_id)) continue;
    known.current.add(client_id);
    count.current += 1;
  }
  return count.current;
}
