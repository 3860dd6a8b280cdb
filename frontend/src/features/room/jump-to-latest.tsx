import { ArrowDown } from "lucide-react";

interface JumpToLatestProps {
  unread: number;
  onJump: () => void;
}

export function JumpToLatest({ unread, onJump }: JumpToLatestProps) {
  return (
    <button
      type="button"
      onClick={onJump}
      className="touch-target -translate-x-1/2 absolute bottom-3 left-1/2 flex min-h-8 items-center gap-1.5 rounded-full border border-line bg-raised px-3.5 font-medium text-sm shadow-float hover:bg-hover"
    >
      <ArrowDown size={15} aria-hidden="true" />
      {unread > 0 ? `${unread} new` : "Jump to latest"}
    </button>
  );
}
