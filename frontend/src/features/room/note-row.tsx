import { Archive, LogIn, LogOut, Pencil, ShieldCheck, UserMinus } from "lucide-react";
import type { Note } from "@/entities/timeline/entry";
import { formatTime } from "@/shared/lib/time";

const icons = {
  joined: LogIn,
  left: LogOut,
  removed: UserMinus,
  role: ShieldCheck,
  updated: Pencil,
  archived: Archive,
};

/** Something that happened to the room or its members, told in one small line. */
export function NoteRow({ note }: { note: Note }) {
  const Icon = icons[note.kind];
  const { at } = note.event;
  return (
    <p className="grid grid-cols-[2.25rem_minmax(0,1fr)] items-center gap-x-3 px-(--gutter) py-1 text-muted text-sm">
      <Icon size={14} className="justify-self-center" aria-hidden="true" />
      <span>
        {describe(note)}{" "}
        <time dateTime={at} className="text-meta tabular-nums">
          {formatTime(at)}
        </time>
      </span>
    </p>
  );
}

function describe(note: Note): string {
  switch (note.kind) {
    case "joined":
      return note.event.actor_id === note.user.id
        ? `${note.user.display_name} joined`
        : `${note.user.display_name} was added`;
    case "left":
      return `${note.user.display_name} left`;
    case "removed":
      return `${note.user.display_name} was removed`;
    case "role":
      return `${note.user.display_name} is ${note.role === "member" ? "a member" : `an ${note.role}`} now`;
    case "updated":
      return note.topic ? `The room is #${note.name} now: ${note.topic}` : `The room is #${note.name} now`;
    case "archived":
      return "The room was archived";
  }
}
