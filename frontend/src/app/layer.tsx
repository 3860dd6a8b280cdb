import { useNavigate, useParams } from "@tanstack/react-router";
import { useMe } from "@/entities/session/session-store";
import { ShortcutsDialog } from "@/features/shortcuts/shortcuts-dialog";
import { CreateRoomDialog } from "@/features/sidebar/create-room-dialog";
import { SignOutDialog } from "@/features/sidebar/sign-out-dialog";
import { Switcher } from "@/features/switcher/switcher";
import { closeLayer, type OpenLayer } from "./layers";
import { mentionPerson } from "./mention-person";
import { useCommands } from "./use-commands";

/** The dialog that is open. Loaded when the first one is wanted. */
export default function Layer({ layer: { kind, opener } }: { layer: OpenLayer }) {
  const navigate = useNavigate();
  const me = useMe();
  const commands = useCommands();
  const { roomId } = useParams({ strict: false });
  switch (kind) {
    case "create_room":
      return <CreateRoomDialog onClose={closeLayer} />;
    case "sign_out":
      return <SignOutDialog opener={opener} onClose={closeLayer} />;
    case "shortcuts":
      return <ShortcutsDialog opener={opener} onClose={closeLayer} />;
    case "switcher":
      return (
        <Switcher
          openRoomId={roomId}
          commands={commands}
          onOpenRoom={(id) => void navigate({ to: "/r/$roomId", params: { roomId: id } })}
          onMention={(user) => mentionPerson(navigate, me, user)}
          onClose={closeLayer}
        />
      );
  }
}
