import { useCallback, useEffect, useMemo, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useEditedId } from "@/entities/composing/composing-store";
import { useOutbox } from "@/entities/outbox/outbox-store";
import { useReadState } from "@/entities/read-state/read-state-store";
import { useMe } from "@/entities/session/session-store";
import { isPressed } from "@/entities/shortcuts/bindings";
import { buildRows, type Row, rowKey } from "@/entities/timeline/rows";
import { useSpotlight } from "@/entities/timeline/spotlight";
import { boundOpen, timelineOf } from "@/entities/timeline/timeline-store";
import type { Room } from "@/shared/api/types";
import { matches } from "@/shared/lib/keys";
import { useEscape } from "@/shared/lib/use-escape";
import { JumpToLatest } from "./jump-to-latest";
import { ListRow } from "./list-row";
import { OlderHistory } from "./older-history";
import { SegmentBar } from "./segment-bar";
import { useAttention } from "./use-attention";
import { useGoFrom } from "./use-go-from";
import { useNewLine } from "./use-new-line";
import { useOpeningScroll } from "./use-opening-scroll";
import { usePinnedScroll } from "./use-pinned-scroll";
import { useReadTracking } from "./use-read-tracking";
import { useRowFocus } from "./use-row-focus";
import { useSentCount } from "./use-sent-count";
import { useSpotlightScroll } from "./use-spotlight-scroll";
import type { TimelineView } from "./use-timeline-view";

const LOAD_PX = 1_200;
const OLDER_HEIGHT_PX = 48;

interface MessageListProps {
  room: Room;
  view: TimelineView;
}

/** A room's messages, newest at the bottom. Mount it with `key={room.id}`, when the room's read state is known. */
export function MessageList({ room, view }: MessageListProps) {
  const me = useMe();
  const pending = useOutbox(room.id);
  const { timeline, isLiveEnd, extendBack, extendForth, leave } = view;
  const hasAttention = useAttention();
  const { newAfter, dismiss } = useNewLine(room.id, hasAttention);
  const rows = useMemo<Row[]>(
    () =>
      buildRows({
        timeline,
        pending: isLiveEnd ? pending : pending.filter(({ change }) => change),
        userId: me.id,
        newAfter,
      }),
    [timeline, pending, isLiveEnd, me.id, newAfter],
  );
  const spotlight = useSpotlight(room.id);
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<VirtualizerHandle>(null);
  const { isPinned, isFar, onScroll, jumpToEnd, unpin } = usePinnedScroll(
    scroller,
    handle,
    rows,
    isLiveEnd,
    spotlight === null && isLiveEnd,
  );
  const isOpened = useOpeningScroll(rows, handle, spotlight === null, unpin);
  const goFrom = useGoFrom(room.id);
  const goBeyond = (event: KeyboardEvent) => {
    if (matches(event, "Home") && timeline.hasOlder) goFrom(1);
    else if (newAfter !== null && isPressed(event, "firstUnread")) goFrom(newAfter + 1);
    else if (matches(event, "End") && !isLiveEnd) {
      jump();
      const latest = timelineOf(room.id).entries.findLast((entry) => entry.kind === "message");
      if (latest) focusRow(rowKey(latest.message));
    } else return false;
    return true;
  };
  const { onKeyDown, focusRow, kept: focusable } = useRowFocus(scroller, handle, rows, goBeyond);
  useSpotlightScroll(spotlight, rows, handle, unpin, focusRow);
  const editedId = useEditedId(room.id);
  const kept = [
    ...focusable,
    rows.findIndex((row) => row.kind === "message" && row.message.id === editedId),
  ].filter((index) => index >= 0);
  const jump = useCallback(() => {
    if (!isLiveEnd) leave();
    jumpToEnd();
  }, [isLiveEnd, leave, jumpToEnd]);
  const look = useReadTracking(room.id, rows, handle, isPinned, hasAttention);
  const shown = useRef(view);
  // Where a stretch of the past became part of the live list, more came after it, not before.
  const isShift =
    shown.current.isLiveEnd === isLiveEnd && shown.current.timeline.frontChanges !== timeline.frontChanges;
  useEffect(() => {
    shown.current = view;
  });
  const mayLoad = isOpened && view.olderState === "idle";
  const loadNearEdge = useCallback(
    (list: VirtualizerHandle) => {
      if (mayLoad && timeline.hasOlder && list.scrollOffset < LOAD_PX) extendBack();
      const below = list.scrollSize - list.scrollOffset - list.viewportSize;
      if (mayLoad && !isLiveEnd && below < LOAD_PX) extendForth();
    },
    [mayLoad, timeline.hasOlder, isLiveEnd, extendBack, extendForth],
  );
  // A page that doesn't fill the screen makes no scroll event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what this runs for
  useEffect(() => {
    if (handle.current) loadNearEdge(handle.current);
  }, [rows, loadNearEdge]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows are what this runs for
  useEffect(() => {
    if (isPinned.current && isLiveEnd) boundOpen(room.id);
  }, [rows, isLiveEnd, room.id]);
  useEscape(() => {
    dismiss();
    jump();
  }, "dialog[open], [role=menu], aside");
  const sent = useSentCount(pending);
  const sentBefore = useRef(0);
  useEffect(() => {
    if (sent > sentBefore.current) jump();
    sentBefore.current = sent;
  }, [sent, jump]);
  const unread = useReadState(room.id)?.unread ?? 0;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        id="messages"
        role="log"
        aria-live="off"
        aria-label={`Messages in ${room.name}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="scroller absolute inset-0 focus-visible:-outline-offset-2"
      >
        <OlderHistory
          heightPx={OLDER_HEIGHT_PX}
          state={timeline.hasOlder ? view.olderState : "done"}
          onRetry={extendBack}
        />
        <Virtualizer
          ref={handle}
          scrollRef={scroller}
          data={rows}
          shift={isShift}
          keepMounted={kept}
          startMargin={OLDER_HEIGHT_PX}
          bufferSize={600}
          onScroll={() => {
            onScroll();
            if (handle.current) loadNearEdge(handle.current);
            look();
          }}
        >
          {(row: Row) => (
            <ListRow
              key={row.key}
              row={row}
              isEdited={row.kind === "message" && row.message.id === editedId}
              isLit={row.kind === "message" && row.message.seq === spotlight?.seq}
              room={room}
              me={me}
            />
          )}
        </Virtualizer>
        <div className="h-3" />
      </div>
      {isLiveEnd ? null : <SegmentBar onLeave={jump} />}
      {isFar && isLiveEnd ? <JumpToLatest unread={unread} onJump={jump} /> : null}
    </div>
  );
}
