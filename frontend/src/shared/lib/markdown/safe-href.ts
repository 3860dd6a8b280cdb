/** A link's address if it may be followed: http, https or mailto, or a path on this site. Else null. */
export function safeHref(href: string): string | null {
  const address = href.trim();
  if (/^[/#?](?![/\\])/.test(address)) return address;
  return /^(https?:\/\/|mailto:)/i.test(address) ? address : null;
}
