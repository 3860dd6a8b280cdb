import { memo } from "react";
import type { Row } from "@/entities/timeline/rows";
import type { Room, User } from "@/shared/api/types";
import { formatDay } from "@/shared/lib/time";
import { MessageRow } from "./message-row";
import { NoteRow } from "./note-row";
import { PendingRow } from "./pending-row";
import { RoomIntro } from "./room-intro";

interface ListRowProps {
  row: Row;
  isEdited: boolean;
  /** A link led here. */
  isLit: boolean;
  room: Room;
  me: User;
}

export const ListRow = memo(
  function ListRow({ row, isEdited, isLit, room, me }: ListRowProps) {
    switch (row.kind) {
      case "intro":
        return <RoomIntro room={room} />;
      case "day":
        return (
          <div
            role="separator"
            aria-label={formatDay(row.at)}
            className="flex items-center gap-3 px-(--gutter) py-3"
          >
            <span className="h-px flex-1 bg-line" />
            <span className="font-medium text-meta text-muted">{formatDay(row.at)}</span>
            <span className="h-px flex-1 bg-line" />
          </div>
        );
      case "new":
        return (
          <div
            role="separator"
            aria-label="New messages"
            className="flex items-center gap-2 px-(--gutter) py-1.5"
          >
            <span className="h-px flex-1 bg-danger" />
            <span className="font-semibold text-danger text-meta">New</span>
          </div>
        );
      case "note":
        return <NoteRow note={row.note} />;
      case "message":
        return (
          <MessageRow
            rowKey={row.key}
            message={row.message}
            startsGroup={row.startsGroup}
            failure={row.failure}
            isEdited={isEdited}
            isLit={isLit}
            room={room}
            me={me}
          />
        );
      case "pending":
        return <PendingRow item={row.item} startsGroup={row.startsGroup} me={me} />;
    }
  },
  (before, after) =>
    before.me === after.me &&
    before.isEdited === after.isEdited &&
    before.isLit === after.isLit &&
    isSameRow(before.row, after.row) &&
    (after.row.kind !== "intro" || before.room === after.room) &&
    before.room.role === after.room.role &&
    before.room.member_count === after.room.member_count &&
    before.room.archived_at === after.room.archived_at,
);

/** Rows are made anew with each change of the room; what they show mostly isn't. */
function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === "message" && b.kind === "message") {
    return a.message === b.message && a.startsGroup === b.startsGroup && a.failure === b.failure;
  }
  if (a.kind === "pending" && b.kind === "pending")
    return a.item === b.item && a.startsGroup === b.startsGroup;
  if (a.kind === "note" && b.kind === "note") return a.note === b.note;
  return a.kind === b.kind && a.key === b.key;
}
