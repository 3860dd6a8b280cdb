import { Search } from "lucide-react";
import { useState } from "react";
import type { UserSummary } from "@/shared/api/types";
import { useCombo } from "@/shared/ui/use-combo";
import { useModal } from "@/shared/ui/use-modal";
import type { Command } from "./command";
import { DestinationRow } from "./destination-row";
import { type Destination, type Group, useDestinations } from "./use-destinations";

interface SwitcherProps {
  openRoomId: string | undefined;
  commands: readonly Command[];
  onOpenRoom: (roomId: string) => void;
  onMention: (user: UserSummary) => void;
  onClose: () => void;
}

/** Mod+K: to any room, person and command, in a few letters. */
export function Switcher({ openRoomId, commands, onOpenRoom, onMention, onClose }: SwitcherProps) {
  const [typed, setTyped] = useState("");
  const modal = useModal(onClose);
  const groups = useDestinations(typed, openRoomId, commands);
  const all = groups.flatMap(({ items }) => items);
  const choice = useCombo({
    options: all,
    query: typed,
    label: "Results",
    onPick: (picked: Destination) => {
      onClose();
      if (picked.kind === "command") picked.command.run();
      else if (picked.kind === "person") onMention(picked.user);
      else onOpenRoom(picked.room.id);
    },
  });
  const indexOf = (group: Group, at: number) => all.indexOf(group.items[at] as Destination);
  return (
    <dialog
      {...modal}
      aria-label="Jump to a room, person or command"
      className="mt-[12dvh] w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-panel border border-line bg-raised p-0 shadow-float max-md:mt-3"
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search size={17} className="flex-none text-muted" aria-hidden="true" />
        <input
          {...choice.input}
          data-autofocus
          aria-label="Jump to"
          placeholder="Jump to a room, person or command"
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="min-h-12 min-w-0 flex-1 bg-transparent outline-none"
        />
      </div>
      <div
        {...choice.list}
        hidden={all.length === 0}
        className="max-h-[min(27rem,65dvh)] overflow-y-auto p-1.5"
      >
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div aria-hidden="true" className="px-2.5 pt-2 pb-1 font-medium text-meta text-muted">
              {group.label}
            </div>
            {group.items.map((destination, at) => (
              <div
                key={destination.id}
                {...choice.option(indexOf(group, at))}
                className="touch-target flex min-h-9.5 cursor-default items-center gap-2.5 rounded-control px-2.5 aria-selected:bg-accent-soft"
              >
                <DestinationRow destination={destination} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={all.length > 0 ? "sr-only" : "px-4 pb-6 text-center text-muted"}>
        {all.length > 0 ? `${all.length} results` : `Nothing found for “${typed.trim()}”.`}
      </p>
      <p className="border-line border-t px-4 py-2 text-meta text-muted max-md:hidden">
        ↑ ↓ to choose · Enter to open · start with <b className="font-semibold">@</b> for people,{" "}
        <b className="font-semibold">&gt;</b> for commands only
      </p>
    </dialog>
  );
}
