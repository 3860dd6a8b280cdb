import type { UseNavigateResult } from "@tanstack/react-router";
import { setSpotlight } from "@/entities/timeline/spotlight";

/** To a message of a room, as a link to it leads there; also when the address is that of the link already. */
export function openMessage(navigate: UseNavigateResult<string>, roomId: string, seq: number) {
  setSpotlight({ roomId, seq });
  void navigate({ to: "/r/$roomId", params: { roomId }, search: { m: seq } });
}
