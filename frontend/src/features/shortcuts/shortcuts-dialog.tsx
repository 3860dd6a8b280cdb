import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";
import { Dialog } from "@/shared/ui/dialog";
import { ShortcutTables } from "./shortcut-tables";

interface ShortcutsDialogProps {
  opener?: RefObject<HTMLElement | null> | undefined;
  onClose: () => void;
}

export function ShortcutsDialog({ opener, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} opener={opener} isWide>
      <ShortcutTables />
      <Link to="/settings/keyboard" onClick={onClose} className="font-medium text-accent text-sm underline">
        Change keys
      </Link>
    </Dialog>
  );
}
