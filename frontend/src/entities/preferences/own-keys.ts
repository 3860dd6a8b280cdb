/** The keys one has chosen on this device instead of the defaults: by command, in localStorage, shared by all tabs. */
import { createStore } from "zustand/vanilla";

const KEY = "dc:keys";

/** An empty list is a choice, too: no keys at all. */
export type OwnKeys = Readonly<Record<string, readonly string[] | undefined>>;

export const ownKeysStore = createStore<OwnKeys>()(() => read());

/** `undefined` goes back to the default. */
export function setOwnKeys(changes: OwnKeys) {
  const all = { ...ownKeysStore.getState(), ...changes };
  const chosen = Object.fromEntries(Object.entries(all).filter(([, keys]) => keys !== undefined));
  if (Object.keys(chosen).length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(chosen));
  ownKeysStore.setState(chosen, true);
}

/** Follows the other tabs. */
addEventListener("storage", ({ key }) => {
  if (key === null || key === KEY) ownKeysStore.setState(read(), true);
});

/** What isn't a list of combinations counts as none chosen. */
function read(): OwnKeys {
  const entries = Object.entries(stored() ?? {});
  return Object.fromEntries(entries.filter(([, keys]) => isKeys(keys)));
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function isKeys(keys: unknown): keys is string[] {
  return Array.isArray(keys) && keys.every((combo) => typeof combo === "string");
}
