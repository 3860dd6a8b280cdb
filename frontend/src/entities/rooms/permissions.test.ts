import { describe, expect, it } from "vitest";
import { room } from "@/test/factories";
import { mayAddPeople, mayDelete, mayRemove, mayUpdate, rolesFor } from "./permissions";

const archived = { archived_at: "2025-01-01T00:00:00Z" };

describe("a room's permissions", () => {
  it("let members of a public room add people, and only admins in a private one", () => {
    expect(mayAddPeople(room({ role: "member" }))).toBe(true);
    expect(mayAddPeople(room({ role: "member", visibility: "private" }))).toBe(false);
    expect(mayAddPeople(room({ role: "admin", visibility: "private" }))).toBe(true);
  });

  it("let nobody change or enlarge an archived room", () => {
    expect(mayUpdate(room({ role: "owner", ...archived }))).toBe(false);
    expect(mayAddPeople(room({ role: "owner", ...archived }))).toBe(false);
    expect(mayDelete(room({ role: "owner", ...archived }))).toBe(true);
  });

  it("let admins remove and promote members only", () => {
    const mine = room({ role: "admin" });

    expect(mayRemove(mine, "member")).toBe(true);
    expect(mayRemove(mine, "admin")).toBe(false);
    expect(rolesFor(mine, "member")).toEqual(["member", "admin"]);
    expect(rolesFor(mine, "owner")).toEqual(["owner"]);
  });

  it("let owners do all of it, and outsiders nothing", () => {
    expect(rolesFor(room({ role: "owner" }), "owner")).toEqual(["member", "admin", "owner"]);
    expect(mayRemove(room({ role: "owner" }), "owner")).toBe(true);
    expect(mayUpdate(room({ role: null }))).toBe(false);
    expect(mayRemove(room({ role: null }), "member")).toBe(false);
  });
});
