/**
 * What one likes on this device: how it looks, what it says aloud, which keys work. Kept in localStorage, shared by
 * all tabs. `/theme.js` reads theme, density and text size too, before the first paint: keep the names the same.
 */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

const CHOICES = {
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact"],
  /** Pixels where the browser's own size is untouched; everything else scales with it. */
  textSize: ["13", "14", "15", "16", "17", "18"],
  /** Keys without a modifier, such as "?", act. */
  singleKeys: ["on", "off"],
  /** Else it makes a line, and Mod+Enter sends. */
  enterSends: ["on", "off"],
  /** New messages of the open room, to screen readers. */
  readAloud: ["on", "off"],
  notify: ["off", "mentions", "all"],
  notifySound: ["on", "off"],
  /** Notifications say who and where, not what. */
  notifyPrivately: ["off", "on"],
} as const;

const DEFAULTS: Preferences = {
  theme: "system",
  density: "comfortable",
  textSize: "15",
  singleKeys: "on",
  enterSends: "on",
  readAloud: "on",
  notify: "off",
  notifySound: "on",
  notifyPrivately: "off",
};

export type Preferences = { [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] };

const NAMES = Object.keys(CHOICES) as (keyof Preferences)[];
const keyOf = (name: keyof Preferences) =>
  `dc:${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const preferenceStore = createStore<Preferences>()(() => readAll());

export const preferences = (): Preferences => preferenceStore.getState();

export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useStore(preferenceStore, (state) => state[name]);
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]) {
  if (value === DEFAULTS[name]) localStorage.removeItem(keyOf(name));
  else localStorage.setItem(keyOf(name), value);
  take({ ...preferences(), [name]: value });
}

/** Follows the other tabs. */
addEventListener("storage", ({ key }) => {
  if (key === null || key.startsWith("dc:")) take(readAll());
});

function take(next: Preferences) {
  preferenceStore.setState(next);
  const { dataset } = document.documentElement;
  mark(dataset, "theme", next.theme === DEFAULTS.theme ? undefined : next.theme);
  mark(dataset, "density", next.density === DEFAULTS.density ? undefined : next.density);
  mark(dataset, "textSize", next.textSize === DEFAULTS.textSize ? undefined : next.textSize);
}

function mark(dataset: DOMStringMap, name: string, value: string | undefined) {
  if (value === undefined) delete dataset[name];
  else dataset[name] = value;
}

function readAll(): Preferences {
  return Object.assign({}, ...NAMES.map((name) => ({ [name]: read(name) })));
}

/** What isn't a choice (any more) counts as none. */
function read(name: keyof Preferences): string {
  const stored = localStorage.getItem(keyOf(name));
  return (CHOICES[name] as readonly (string | null)[]).includes(stored) ? (stored as string) : DEFAULTS[name];
}
