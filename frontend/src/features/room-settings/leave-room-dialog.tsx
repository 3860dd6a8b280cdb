import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useState } from "react";
import { leaveRoom } from "@/entities/rooms/membership";
import { removeMyRoom } from "@/entities/rooms/my-rooms";
import { describeError } from "@/shared/api/api-error";
import type { Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";

interface LeaveRoomDialogProps {
  room: Room;
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export default function LeaveRoomDialog({ room, opener, onClose }: LeaveRoomDialogProps) {
  const navigate = useNavigate();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const leave = async () => {
    setIsBusy(true);
    try {
      await leaveRoom(room.id);
      await navigate({ to: "/browse" });
      removeMyRoom(room.id);
    } catch (failure) {
      setIsBusy(false);
      setError(describeError(failure));
    }
  };
  return (
    <Dialog title={`Leave #${room.name}?`} onClose={onClose} opener={opener}>
      <FormAlert message={error} />
      <p className="text-muted">
        {room.visibility === "private"
          ? "You will need somebody to add you again."
          : "You can join again at any time."}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={isBusy} onClick={leave}>
          Leave room
        </Button>
      </div>
    </Dialog>
  );
}
