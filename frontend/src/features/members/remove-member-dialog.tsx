import { useState } from "react";
import { removeMember } from "@/entities/rooms/administration";
import { describeError } from "@/shared/api/api-error";
import type { Room, UserSummary } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";

interface RemoveMemberDialogProps {
  room: Room;
  user: UserSummary;
  onClose: () => void;
}

export function RemoveMemberDialog({ room, user, onClose }: RemoveMemberDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const remove = async () => {
    setIsBusy(true);
    try {
      await removeMember(room.id, user.id);
      onClose();
    } catch (failure) {
      setIsBusy(false);
      setError(describeError(failure));
    }
  };
  return (
    <Dialog title={`Remove ${user.display_name}?`} onClose={onClose}>
      <FormAlert message={error} />
      <p className="text-muted">
        They can no longer read or write in #{room.name}. What they wrote stays.
        {room.visibility === "public" ? " The room is public, so they can join it again." : ""}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={isBusy} onClick={remove}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
