/**
 * A message's markdown as React elements. Never `innerHTML`: HTML in a message is shown as text, links are
 * allow-listed, images are links, and nesting is capped.
 */
import type { Token } from "marked";
import { memo } from "react";
import { lex } from "./lex";
import { isOnlyEmoji } from "./only-emoji";
import { renderTokens } from "./render-tokens";

interface MarkdownProps {
  source: string;
  /** My username: mentions of it stand out. */
  me?: string;
}

export const Markdown = memo(function Markdown({ source, me }: MarkdownProps) {
  const tokens: Token[] = lex(source);
  return (
    <div className={isOnlyEmoji(source) ? "md text-2xl" : "md"} dir="auto">
      {renderTokens(tokens, { depth: 0, me })}
    </div>
  );
});
