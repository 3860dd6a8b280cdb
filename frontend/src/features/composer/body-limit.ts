/** The server counts bytes of the trimmed body. */
export const MAX_BODY_BYTES = 16_384;

const encoder = new TextEncoder();

/** Cheap for short texts: a character is at most 3 bytes per UTF-16 unit. */
export function bodyBytes(text: string): number {
  return encoder.encode(text.trim()).length;
}
