/** A room with more messages than anybody holds, at its end. */
import type { Page } from "@playwright/test";
import type { Person } from "../../../frontend/e2e/support/person";
import { expect } from "../../../frontend/e2e/support/test";

export const LINES = 10_000;

/** Returns its id. */
export async function opensLongRoom(ada: Person, visitor: Page): Promise<string> {
  const roomId = await ada.createsRoom("long-story");
  await ada.page.goto("/browse");
  await visitor.goto("/login");
  await ada.api.postLines(visitor, roomId, LINES);
  await visitor.close();
  await ada.page.goto(`/r/${roomId}`);
  await ada.isIn("long-story");
  await expect(ada.message(`line ${LINES}.`)).toBeInViewport();
  return roomId;
}
