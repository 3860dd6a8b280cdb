import { render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ada, ROOM_ID } from "@/test/factories";

/** The names of keys are those of the computer that the page was loaded on. */
beforeEach(() => {
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ["Linux x86_64", "Enter makes a line in the code · Ctrl+Enter sends"],
  ["MacIntel", "↵ makes a line in the code · ⌘ ↵ sends"],
])("names the keys of the keyboard on %s", async (platform, hint) => {
  vi.stubGlobal("navigator", { ...navigator, platform });
  const { ComposerHint } = await import("./composer-hint");

  const { container } = render(
    <ComposerHint bytes={3} isInFence isLive failures={0} roomId={ROOM_ID} userId={ada.id} />,
  );

  expect(container).toHaveTextContent(hint);
});

it("names them where Enter sends, too", async () => {
  vi.stubGlobal("navigator", { ...navigator, platform: "MacIntel" });
  const { ComposerHint } = await import("./composer-hint");

  const { container } = render(
    <ComposerHint bytes={3} isInFence={false} isLive failures={0} roomId={ROOM_ID} userId={ada.id} />,
  );

  expect(container).toHaveTextContent("↵ sends · ⇧ ↵ makes a line");
});
