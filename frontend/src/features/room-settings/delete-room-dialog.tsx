import { useNavigate } from "@tanstack/react-router";
import { deleteRoom } from "@/entities/rooms/administration";
import { removeMyRoom } from "@/entities/rooms/my-rooms";
import type { Room } from "@/shared/api/types";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

const NAMES = ["name"] as const;

/** Wants the room's name typed: there is no way back. */
export function DeleteRoomDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const navigate = useNavigate();
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ name }) => (name.trim() === room.name ? {} : { name: `Type ${room.name} to delete it` }),
    async () => {
      await deleteRoom(room.id);
      await navigate({ to: "/browse" });
      removeMyRoom(room.id);
    },
  );
  return (
    <Dialog title={`Delete #${room.name}?`} onClose={onClose}>
      <form onSubmit={onSubmit} noValidate className="space-y-4">
        <FormAlert message={general} />
        <p className="text-muted">
          The room and every message in it go, for all {room.member_count}{" "}
          {room.member_count === 1 ? "member" : "members"}. This cannot be undone. To keep what was written,
          archive it instead.
        </p>
        <TextField
          label={`Type ${room.name} to confirm`}
          name="name"
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={fields["name"]}
        />
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" type="submit" disabled={isBusy}>
            Delete room
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
