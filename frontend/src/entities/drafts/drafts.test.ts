import { expect, it } from "vitest";
import { forgetDrafts, readDraft, spillDraft, writeDraft } from "./drafts";

const KEY = "ada:room";

it("brings back what was spilled at the end of the page", async () => {
  await writeDraft(KEY, "half");
  spillDraft(KEY, "half typed");
  const reopened = localStorage.getItem("dc:draft");
  forgetDrafts();
  localStorage.setItem("dc:draft", reopened ?? "");

  expect(await readDraft(KEY)).toBe("half typed");
});

it("lets nothing spilled earlier replace what was written since", async () => {
  spillDraft(KEY, "old");

  await writeDraft(KEY, "new");

  expect(localStorage.getItem("dc:draft")).toBeNull();
});
