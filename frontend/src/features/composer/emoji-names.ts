import { queryOptions } from "@tanstack/react-query";

/** The emoji by their names, `{tada: "🎉"}`. Asked for when somebody begins one. */
export const emojiNamesQuery = queryOptions({
  queryKey: ["emoji-names"],
  queryFn: async () => (await (await fetch("/emoji/shortcodes.json")).json()) as Record<string, string>,
  staleTime: Number.POSITIVE_INFINITY,
});
