import { EmojiPicker as Picker } from "frimousse";
import { noteEmoji } from "@/shared/lib/recent-emoji";

/** All emoji, to search and choose from. Its data comes from this server, when it is opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <Picker.Root
      emojibaseUrl="/emoji"
      locale="en"
      columns={8}
      className="emoji-picker"
      onEmojiSelect={({ emoji }) => {
        noteEmoji(emoji);
        onPick(emoji);
      }}
    >
      <Picker.Search
        autoFocus
        aria-label="Search emoji"
        placeholder="Search emoji"
        className="min-h-9 rounded-control border border-strong bg-surface px-2.5"
      />
      <Picker.Viewport className="relative mt-2 min-h-0 flex-1 outline-none">
        <Picker.Loading className="absolute inset-0 grid place-items-center text-muted">
          Loading…
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 grid place-items-center text-muted">
          No emoji found
        </Picker.Empty>
        <Picker.List
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className="bg-raised px-1.5 py-1 font-medium text-meta text-muted">
                {category.label}
              </div>
            ),
            Row: ({ children, ...props }) => <div {...fromOne(props, "aria-rowindex")}>{children}</div>,
            Emoji: ({ emoji, ...props }) => (
              <button
                {...fromOne(props, "aria-colindex")}
                type="button"
                className="emoji-choice"
                data-active={emoji.isActive || undefined}
              >
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}

/** Rows and columns of a grid are counted from 1; frimousse 0.4 begins with 0. */
function fromOne<T extends object>(props: T, name: "aria-rowindex" | "aria-colindex"): T {
  return { ...props, [name]: Number((props as Record<string, unknown>)[name] ?? 0) + 1 };
}
