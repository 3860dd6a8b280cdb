/** Markdown to tokens, each text once. */
import { Lexer, type Token } from "marked";

const MAX_CACHED = 2_000;
const cache = new Map<string, Token[]>();

export function lex(source: string): Token[] {
  const known = cache.get(source);
  if (known) return known;
  const tokens = tokenize(source);
  const oldest = cache.keys().next().value;
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  cache.set(source, tokens);
  return tokens;
}

/** Thousands of nested quotes overflow the lexer's stack; such a text is shown as it is. */
function tokenize(source: string): Token[] {
  try {
    return Lexer.lex(source, { gfm: true, breaks: true });
  } catch {
    const text = { type: "text", raw: source, text: source };
    return [{ type: "paragraph", raw: source, text: source, tokens: [text] }];
  }
}
