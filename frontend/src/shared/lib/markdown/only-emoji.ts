/** UTS #51, 1.4.9: what is shown as one emoji, without characters that are text unless something makes them one. */
const PICTURE = String.raw`(?:\p{Emoji_Presentation}|\p{Emoji}(?=\uFE0F|\p{Emoji_Modifier}))`;
const STYLE = String.raw`(?:\p{Emoji_Modifier}|\uFE0F\u20E3?|[\u{E0020}-\u{E007E}]+\u{E007F})?`;
const JOINED = String.raw`(?:\u200D\p{Emoji}${STYLE})*`;
const EMOJI = String.raw`(?:\p{RI}\p{RI}|${PICTURE}${STYLE}${JOINED})`;
const ONLY_EMOJI = new RegExp(String.raw`^\s*(?:${EMOJI}\s*){1,3}$`, "u");

/** One to three emoji and nothing else. */
export const isOnlyEmoji = (source: string): boolean => ONLY_EMOJI.test(source);
