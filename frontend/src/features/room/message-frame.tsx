import type { KeyboardEvent, ReactNode, Ref } from "react";
import { formatFull, formatTime } from "@/shared/lib/time";
import { Avatar } from "@/shared/ui/avatar";
import type { useLongPress } from "./use-long-press";

interface MessageFrameProps {
  ref?: Ref<HTMLElement>;
  id: string;
  author: { id: string; display_name: string };
  at: string;
  /** Shows who and when; the ones after it only what. */
  startsGroup: boolean;
  isMention?: boolean;
  /** A link led here. */
  isLit?: boolean;
  rowKey: string;
  /** Pointed at or focused. */
  isActive?: boolean;
  onActive?: (isActive: boolean) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  gestures?: ReturnType<typeof useLongPress> | undefined;
  state?: string;
  children: ReactNode;
}

/** The grid every message sits in, sent or on its way. */
export function MessageFrame(props: MessageFrameProps) {
  const { id, rowKey, author, at, startsGroup, isMention, isLit, isActive, state, children, onActive } =
    props;
  const time = (className: string) => (
    <time
      dateTime={at}
      title={isActive ? formatFull(at) : undefined}
      className={`text-meta text-muted tabular-nums ${className}`}
    >
      {formatTime(at)}
    </time>
  );
  return (
    <article
      ref={props.ref}
      aria-label={`${author.display_name}, ${formatTime(at)}`}
      data-message={id}
      data-row={rowKey}
      data-state={state}
      data-lit={isLit || undefined}
      tabIndex={-1}
      onPointerEnter={(event) => event.pointerType !== "touch" && onActive?.(true)}
      onPointerLeave={(event) => event.currentTarget.contains(document.activeElement) || onActive?.(false)}
      onFocus={(event) => event.target.matches(":focus-visible") && onActive?.(true)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || onActive?.(false)}
      onKeyDown={props.onKeyDown}
      {...props.gestures}
      className={`message relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 border-transparent border-l-2 pr-(--gutter) pl-[calc(var(--gutter)-2px)] ${
        isMention
          ? "border-l-warn bg-mention py-2"
          : `pb-0.5 hover:bg-hover ${startsGroup ? "pt-2" : "pt-0.5"}`
      }`}
    >
      {startsGroup ? (
        <span className="pt-0.5">
          <Avatar id={author.id} name={author.display_name} />
        </span>
      ) : null}
      {isActive && !startsGroup ? (
        <span className="h-0 whitespace-nowrap pt-px text-right text-[0.6875rem]">{time("-ml-3")}</span>
      ) : null}
      <div className="col-start-2 min-w-0">
        {startsGroup ? (
          <header className="flex items-baseline gap-2">
            <span className="wrap-anywhere font-semibold">{author.display_name}</span>
            {time("flex-none")}
          </header>
        ) : null}
        {children}
      </div>
    </article>
  );
}
