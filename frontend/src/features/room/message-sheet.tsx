import { useState } from "react";
import { recentEmoji } from "@/shared/lib/recent-emoji";
import { Dialog } from "@/shared/ui/dialog";
import type { Action } from "./action-list";

interface MessageSheetProps {
  author: string;
  actions: readonly Action[];
  onReact: ((emoji: string) => void) | null;
  onClose: () => void;
}

/** The actions of a message that was pressed for long. */
export default function MessageSheet({ author, actions, onReact, onClose }: MessageSheetProps) {
  const [emoji] = useState(() => recentEmoji(6));
  const close = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Dialog title={`Message by ${author}`} onClose={onClose}>
      {onReact ? (
        <div className="mb-2 flex justify-between">
          {emoji.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-label={`React with ${choice}`}
              className="icon-button text-2xl"
              onClick={close(() => onReact(choice))}
            >
              {choice}
            </button>
          ))}
        </div>
      ) : null}
      <ul className="-mx-2">
        {actions.map(({ name, icon: Icon, isDangerous, run }) => (
          <li key={name}>
            <button
              type="button"
              onClick={close(run)}
              className={`menu-item w-full text-left ${isDangerous ? "text-danger" : ""}`}
            >
              <Icon size={18} aria-hidden="true" />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
