import { useNavigate, useParams } from "@tanstack/react-router";
import { replaceRange } from "@/features/composer/replace-range";
import { ShortcutsDialog } from "@/features/shortcuts/shortcuts-dialog";
import { CreateRoomDialog } from "@/features/sidebar/create-room-dialog";
import { SignOutDialog } from "@/features/sidebar/sign-out-dialog";
import { Switcher } from "@/features/switcher/switcher";
import { closeLayer, type OpenLayer } from "./layers";
import { useCommands } from "./use-commands";

/** The dialog that is open. Loaded when the first one is wanted. */
export default function Layer({ layer: { kind, opener } }: { layer: OpenLayer }) {
  const navigate = useNavigate();
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
          onMention={mention}
          onClose={closeLayer}
        />
      );
  }
}

/** Where the caret stands in the message box, once the dialog no longer covers it. */
function mention(username: string) {
  requestAnimationFrame(() => {
    const box = document.getElementById("composer");
    if (box instanceof HTMLTextAreaElement)
      replaceRange(box, box.selectionStart, box.selectionEnd, `@${username} `);
  });
}
