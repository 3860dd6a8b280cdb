import { expect, it } from "vitest";
import { ada, linus } from "@/test/factories";
import { namesOf } from "./reaction-names";

it("names me first and counts whom it doesn't know", () => {
  expect(namesOf([linus.id, ada.id], [ada, linus], ada.id)).toBe("You and Linus Torvalds");
  expect(namesOf([linus.id, "x", "y"], [linus], ada.id)).toBe("Linus Torvalds and 2 others");
});
