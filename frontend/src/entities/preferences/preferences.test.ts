import { afterEach, expect, it } from "vitest";
import { preferences, setPreference } from "./preferences";

afterEach(() => {
  setPreference("theme", "system");
  setPreference("textSize", "15");
});

it("marks the page with what differs from the default, and nothing else", () => {
  setPreference("theme", "dark");
  setPreference("textSize", "17");

  expect(document.documentElement.dataset).toMatchObject({ theme: "dark", textSize: "17" });
  expect(document.documentElement.dataset["density"]).toBeUndefined();
});

it("keeps a choice under the name that theme.js reads before the first paint", () => {
  setPreference("theme", "light");
  setPreference("textSize", "13");

  expect(localStorage.getItem("dc:theme")).toBe("light");
  expect(localStorage.getItem("dc:text-size")).toBe("13");
});

it("follows another tab, and takes the default for a choice it does not know", () => {
  localStorage.setItem("dc:theme", "sepia");
  localStorage.setItem("dc:density", "compact");

  dispatchEvent(new StorageEvent("storage", { key: "dc:density" }));

  expect(preferences()).toMatchObject({ theme: "system", density: "compact" });
  setPreference("density", "comfortable");
});
