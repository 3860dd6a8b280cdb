import { useNavigate } from "@tanstack/react-router";
import { Hash } from "lucide-react";
import { useState } from "react";
import { joinRoom } from "@/entities/rooms/membership";
import { describeError } from "@/shared/api/api-error";
import type { Room } from "@/shared/api/types";
import { Button } from "@/shared/ui/button";
import { toast } from "@/shared/ui/toast-store";

export function DirectoryRow({ room }: { room: Room }) {
  const navigate = useNavigate();
  const [isBusy, setIsBusy] = useState(false);
  const join = async () => {
    setIsBusy(true);
    try {
      await joinRoom(room.id);
      await navigate({ to: "/r/$roomId", params: { roomId: room.id } });
    } catch (error) {
      setIsBusy(false);
      toast(describeError(error), "error");
    }
  };
  return (
    <li className="flex items-center gap-4 rounded-card border border-line bg-surface px-4 py-3">
      <div className="min-w-0 flex-1">
        <h2 className="flex items-center gap-1.5 font-semibold">
          <Hash size={15} className="flex-none text-muted" aria-hidden="true" />
          <span className="wrap-anywhere">{room.name}</span>
        </h2>
        <p className="wrap-anywhere text-muted text-sm">
          <span className="tabular-nums">
            {room.member_count} {room.member_count === 1 ? "member" : "members"}
          </span>
          {room.topic ? ` · ${room.topic}` : ""}
        </p>
      </div>
      <Button disabled={isBusy} onClick={join} aria-label={`Join ${room.name}`}>
        Join
      </Button>
    </li>
  );
}
