import { setPreference, usePreference } from "@/entities/preferences/preferences";
import { Section } from "@/shared/ui/section";
import { Switch } from "@/shared/ui/switch";
import { ShortcutTables } from "./shortcut-tables";

export function KeyboardSettings() {
  const singleKeys = usePreference("singleKeys");
  return (
    <>
      <Section title="Single keys">
        <Switch
          label="Keys without Ctrl, Alt or ⌘"
          hint="“?” shows the shortcuts, and typing anywhere begins a message. Turn it off if you speak to your computer, or press keys by accident."
          isOn={singleKeys === "on"}
          onChange={(isOn) => setPreference("singleKeys", isOn ? "on" : "off")}
        />
      </Section>
      <Section title="Shortcuts">
        <ShortcutTables />
      </Section>
    </>
  );
}
