import { Hash, Lock } from "lucide-react";
import { useState } from "react";
import { updateRoom } from "@/entities/rooms/administration";
import { mayUpdate } from "@/entities/rooms/permissions";
import { roomNameProblem } from "@/entities/rooms/room-name";
import { describeError } from "@/shared/api/api-error";
import type { Room } from "@/shared/api/types";
import { SavedField } from "@/shared/ui/saved-field";
import { Section } from "@/shared/ui/section";
import { Switch } from "@/shared/ui/switch";
import { toast } from "@/shared/ui/toast-store";

const MAX_TOPIC = 250;

/** Name, topic and slow mode, saved one by one. Who may not change them reads them. */
export function GeneralSettings({ room }: { room: Room }) {
  const mayChange = mayUpdate(room);
  const isPrivate = room.visibility === "private";
  const Icon = isPrivate ? Lock : Hash;
  return (
    <>
      {mayChange ? null : (
        <p className="mb-6 rounded-card border border-line bg-bg px-4 py-3 text-muted text-sm">
          {room.archived_at
            ? "This room is archived. Take it out of the archive to change it."
            : "Only the room’s admins and owners change these settings."}
        </p>
      )}
      <Section title="About">
        <SavedField
          label="Name"
          value={room.name}
          maxLength={80}
          isDisabled={!mayChange}
          hint="Letters, numbers, _ and -."
          check={roomNameProblem}
          onSave={(name) => updateRoom(room.id, { name })}
        />
        <SavedField
          label="Topic"
          value={room.topic}
          maxLength={MAX_TOPIC}
          isDisabled={!mayChange}
          hint="One line, shown beside the name."
          onSave={(topic) => updateRoom(room.id, { topic })}
        />
        <div>
          <p className="font-medium text-sm">Who can join</p>
          <p className="mt-1 flex items-center gap-2 text-sm">
            <Icon size={15} className="text-muted" aria-hidden="true" />
            {isPrivate ? "Private: only people who are added." : "Public: anyone can find it and join."}
          </p>
        </div>
      </Section>
      <Section title="Conversation">
        <SlowMode room={room} isDisabled={!mayChange} />
      </Section>
    </>
  );
}

function SlowMode({ room, isDisabled }: { room: Room; isDisabled: boolean }) {
  const [pending, setPending] = useState<boolean | null>(null);
  const change = async (slow_mode: boolean) => {
    setPending(slow_mode);
    await updateRoom(room.id, { slow_mode }).catch((error: unknown) => toast(describeError(error), "error"));
    setPending(null);
  };
  return (
    <Switch
      label="Slow mode"
      hint="Members send at most one message a second. Admins are free."
      isOn={pending ?? room.slow_mode}
      isDisabled={isDisabled || pending !== null}
      onChange={(isOn) => void change(isOn)}
    />
  );
}
