import { expect, it } from "vitest";
import { roomNameProblem } from "./room-name";

it.each(["general", "release-train", "a_b", "X", "2025", "-", "a".repeat(80)])(
  "%s is a room name",
  (name) => {
    expect(roomNameProblem(name)).toBeNull();
  },
);

it.each(["two words", "naïve", "a/b", "a.b", "😀", "a\n"])("%j is not", (name) => {
  expect(roomNameProblem(name)).toBe("Name can only contain letters, numbers, _, and -");
});

it("is neither empty nor longer than 80 characters", () => {
  expect(roomNameProblem("")).toBe("Enter a name");
  expect(roomNameProblem("a".repeat(81))).toBe("At most 80 characters");
});
