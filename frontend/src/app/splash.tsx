import { Logo } from "@/shared/ui/logo";

/** Until it is known who is there. Appears late: mostly it is known at once. */
export function Splash({ isUnreachable }: { isUnreachable: boolean }) {
  return (
    <div className="appear-late grid h-full place-items-center bg-surface">
      <div className="flex flex-col items-center gap-4 text-muted">
        <Logo className="size-12" />
        <p role="status">{isUnreachable ? "Can’t reach DevsChat. Trying again…" : "Opening DevsChat…"}</p>
      </div>
    </div>
  );
}
