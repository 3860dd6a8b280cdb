import type { UserSummary } from "@/shared/api/types";

const MAX_NAMES = 8;

/** "You, Ada Lovelace and 3 others" */
export function namesOf(ids: readonly string[], people: readonly UserSummary[], userId: string): string {
  const byId = new Map(people.map(({ id, display_name }) => [id, display_name]));
  const known = ids.flatMap((id) => (id === userId ? [] : (byId.get(id) ?? [])));
  const names = [...(ids.includes(userId) ? ["You"] : []), ...known].slice(0, MAX_NAMES);
  const rest = ids.length - names.length;
  if (rest > 0) names.push(rest === 1 ? "1 other" : `${rest} others`);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}
