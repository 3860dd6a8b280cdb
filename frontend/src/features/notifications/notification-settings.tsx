import { setPreference, usePreference } from "@/entities/preferences/preferences";
import { Choices } from "@/shared/ui/choices";
import { Section } from "@/shared/ui/section";
import { Switch } from "@/shared/ui/switch";
import { toast } from "@/shared/ui/toast-store";
import { usePermission } from "./use-permission";

const LEVELS = [
  { value: "off", label: "Nothing", hint: "The sidebar still counts." },
  { value: "mentions", label: "Mentions", hint: "When somebody writes your @name." },
  { value: "all", label: "Every message", hint: "In all your rooms." },
] as const;

/** What one is told about while not looking. The browser's permission is asked for by choosing, never before. */
export function NotificationSettings() {
  const level = usePreference("notify");
  const sound = usePreference("notifySound");
  const isPrivate = usePreference("notifyPrivately");
  const readAloud = usePreference("readAloud");
  const { permission, ask } = usePermission();
  const isOn = level !== "off";
  const choose = async (next: typeof level) => {
    if (next !== "off" && permission === "default" && (await ask()) !== "granted")
      return toast("This browser didn’t allow notifications", "error");
    setPreference("notify", next);
  };
  return (
    <>
      <Section title="On this device" hint="While DevsChat is open in a tab, even in the background.">
        {permission === "unsupported" ? (
          <p className="text-muted">
            This browser can’t show notifications here. They need a secure (https) address.
          </p>
        ) : null}
        {permission === "denied" ? (
          <p className="rounded-card border border-line bg-mention px-4 py-3 text-sm">
            Notifications are blocked for this site. Allow them in the browser’s site settings (beside the
            address), then choose here.
          </p>
        ) : null}
        <Choices
          legend="Tell me about"
          name="notify"
          value={level}
          options={LEVELS}
          columns="sm:grid-cols-3"
          isDisabled={permission === "unsupported" || permission === "denied"}
          onChange={(next) => void choose(next)}
        />
        <Switch
          label="Sound"
          hint="One short tone, at most every five seconds."
          isOn={sound === "on"}
          isDisabled={!isOn}
          onChange={(next) => setPreference("notifySound", next ? "on" : "off")}
        />
        <Switch
          label="Hide what was written"
          hint="Notifications then say who wrote where, and no more."
          isOn={isPrivate === "on"}
          isDisabled={!isOn}
          onChange={(next) => setPreference("notifyPrivately", next ? "on" : "off")}
        />
      </Section>
      <Section title="Screen reader">
        <Switch
          label="Read new messages aloud"
          hint="Those of the room that is open, a few at a time."
          isOn={readAloud === "on"}
          onChange={(next) => setPreference("readAloud", next ? "on" : "off")}
        />
      </Section>
    </>
  );
}
