import { EmojiPicker as Picker } from "frimousse";
import { noteEmoji } from "@/shared/lib/recent-emoji";

/** All emoji, to search and choose from. Its data comes from this server, when it is opened. A chunk of its own. */
export default function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
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
      <Picker.Search autoFocus aria-label="Search emoji" placeholder="Search emoji" className="field" />
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
            Row: ({ children, ...props }) => <div {...props}>{children}</div>,
            Emoji: ({ emoji, ...props }) => (
              <button
                {...props}
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
