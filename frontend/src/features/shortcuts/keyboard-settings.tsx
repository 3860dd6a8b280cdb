import { setPreference, usePreference } from "@/entities/preferences/preferences";
import { keysInTextOf } from "@/entities/shortcuts/bindings";
import { Section } from "@/shared/ui/section";
import { Switch } from "@/shared/ui/switch";
import { CommandLists } from "./command-lists";

export function KeyboardSettings() {
  const singleKeys = usePreference("singleKeys");
  const enterSends = usePreference("enterSends");
  return (
    <>
      <Section title="Single keys">
        <Switch
          label="Keys without Ctrl, Alt or ⌘"
          hint="Such as “?” for the shortcuts, and typing anywhere begins a message. Turn it off if you speak to your computer, or press keys by accident."
          isOn={singleKeys === "on"}
          onChange={(isOn) => setPreference("singleKeys", isOn ? "on" : "off")}
        />
      </Section>
      <Section title="Message box">
        <Switch
          label="Enter sends"
          hint={`Turned off, ${keysInTextOf("send")} makes a line, and ${keysInTextOf("sendAnyway")} sends.`}
          isOn={enterSends === "on"}
          onChange={(isOn) => setPreference("enterSends", isOn ? "on" : "off")}
        />
      </Section>
      <Section title="Shortcuts" hint="In this browser. Keys marked as fixed are those of the platform.">
        <CommandLists />
      </Section>
    </>
  );
}
