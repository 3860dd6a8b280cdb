import { Hash } from "lucide-react";
import { useState } from "react";
import { joinRoom } from "@/entities/rooms/membership";
import { describeError } from "@/shared/api/api-error";
import type { Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { FormAlert } from "@/shared/ui/form-alert";

/** A public room that I am not in. */
export function JoinCard({ room }: { room: Room }) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const join = async () => {
    setIsBusy(true);
    setError(null);
    await joinRoom(room.id).catch((failure: unknown) => setError(describeError(failure)));
    setIsBusy(false);
  };
  return (
    <EmptyState icon={Hash} title="You are not in this room">
      {room.topic ? <p>{room.topic}</p> : null}
      <p>
        Join it to read and write. {room.member_count} {room.member_count === 1 ? "member" : "members"}.
      </p>
      <FormAlert message={error} />
      <Button look="primary" disabled={isBusy} onClick={join}>
        Join room
      </Button>
    </EmptyState>
  );
}
