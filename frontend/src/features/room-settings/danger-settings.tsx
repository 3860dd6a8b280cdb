import { useRef, useState } from "react";
import { mayArchive, mayDelete } from "@/entities/rooms/permissions";
import type { Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Section } from "@/shared/ui/section";
import { DeleteRoomDialog } from "./delete-room-dialog";
import LeaveRoomDialog from "./leave-room-dialog";
import { useArchiving } from "./use-archiving";

/** Leaving, archiving, deleting: what changes more than it seems. */
export function DangerSettings({ room }: { room: Room }) {
  const [open, setOpen] = useState<"leave" | "delete" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { isBusy, setArchived } = useArchiving(room);
  const close = () => setOpen(null);
  return (
    <>
      <Section
        title="Leave"
        hint={
          room.visibility === "private"
            ? "You will need somebody to add you again."
            : "You can join again at any time."
        }
      >
        <Button ref={button} onClick={() => setOpen("leave")}>
          Leave room…
        </Button>
      </Section>
      {mayArchive(room) ? (
        <Section
          title={room.archived_at ? "Take out of the archive" : "Archive"}
          hint={
            room.archived_at
              ? "Members can write here again."
              : "Everything stays and can be read; nobody can write. You can undo it."
          }
        >
          <Button disabled={isBusy} onClick={() => void setArchived(!room.archived_at)}>
            {room.archived_at ? "Unarchive room" : "Archive room"}
          </Button>
        </Section>
      ) : null}
      {mayDelete(room) ? (
        <Section
          title="Delete"
          hint="Takes the room and every message in it away, for everybody and for good."
        >
          <Button look="danger" onClick={() => setOpen("delete")}>
            Delete room…
          </Button>
        </Section>
      ) : null}
      {open === "leave" ? <LeaveRoomDialog room={room} opener={button} onClose={close} /> : null}
      {open === "delete" ? <DeleteRoomDialog room={room} onClose={close} /> : null}
    </>
  );
}
