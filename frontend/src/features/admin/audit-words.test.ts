import { describe, expect, it } from "vitest";
import { describeEvent } from "./audit-words";

const ada = { id: "1", username: "ada", display_name: "Ada Lovelace" };
const linus = { id: "2", username: "linus", display_name: "Linus Torvalds" };
const event = { id: "e", at: "2026-11-27T10:00:00Z", actor: ada, target: linus, address: "192.0.2.7" };

describe("the audit log in words", () => {
  it("says who did what to whom", () => {
    expect(describeEvent({ ...event, action: "user_disabled" })).toBe("Ada Lovelace disabled Linus Torvalds");
  });

  it("tells a stranger from an operator at the command line", () => {
    const byNobody = { ...event, actor: null, action: "login_refused" as const };

    expect(describeEvent(byNobody)).toBe("Somebody tried a wrong password for Linus Torvalds");
    expect(describeEvent({ ...byNobody, address: null, action: "user_enabled" })).toBe(
      "An operator enabled Linus Torvalds",
    );
  });

  it("shows what a newer server recorded as it is", () => {
    const action = "something_new" as "logged_in";

    expect(describeEvent({ ...event, action })).toBe("Ada Lovelace something_new");
  });
});
