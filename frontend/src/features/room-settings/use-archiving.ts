import { useState } from "react";
import { updateRoom } from "@/entities/rooms/administration";
import { describeError } from "@/shared/api/api-error";
import type { Room } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast-store";

/** Into the archive, and out of it. */
export function useArchiving(room: Room) {
  const [isBusy, setIsBusy] = useState(false);
  const setArchived = async (archived: boolean) => {
    setIsBusy(true);
    try {
      await updateRoom(room.id, { archived });
      toast(archived ? `#${room.name} is archived` : `#${room.name} is open again`);
    } catch (error) {
      toast(describeError(error), "error");
    }
    setIsBusy(false);
  };
  return { isBusy, setArchived };
}
