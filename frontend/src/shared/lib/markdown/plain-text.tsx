import type { ReactNode } from "react";

const NAME =
  /(?<![\p{Alphabetic}\p{N}_@.+#/-])([@#][\p{Alphabetic}\p{N}_](?:[\p{Alphabetic}\p{N}_.+-]*[\p{Alphabetic}\p{N}_+])?)/gu;
const ENTITIES: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** Outside code, markdown lets people write these characters as entities. */
const decodeEntities = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** Text with `@name` and `#room` marked. */
export function renderText(source: string, me: string | undefined): ReactNode {
  const text = decodeEntities(source);
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(NAME)) {
    const [name] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    const isMe = name.slice(1).toLowerCase() === me?.toLowerCase();
    parts.push(
      <span
        key={match.index}
        className={name.startsWith("@") ? "mention" : "room-reference"}
        data-me={(name.startsWith("@") && isMe) || undefined}
      >
        {name}
      </span>,
    );
    end = match.index + name.length;
  }
  if (end === 0) return text;
  parts.push(text.slice(end));
  return parts;
}
