import { setPreference, usePreference } from "@/entities/preferences/preferences";
import { Avatar } from "@/shared/ui/avatar";
import { Choices } from "@/shared/ui/choices";
import { Section } from "@/shared/ui/section";
import { ThemePicture } from "./theme-picture";

const THEMES = [
  { value: "system", label: "System", picture: <ThemePicture theme="system" /> },
  { value: "light", label: "Light", picture: <ThemePicture theme="light" /> },
  { value: "dark", label: "Dark", picture: <ThemePicture theme="dark" /> },
] as const;

const DENSITIES = [
  { value: "comfortable", label: "Comfortable", hint: "Room to breathe." },
  { value: "compact", label: "Compact", hint: "More messages at once." },
] as const;

const TEXT_SIZES = ["13", "14", "15", "16", "17", "18"] as const;

/** How it looks on this device. Every change is there at once. */
export function AppearanceSettings() {
  const theme = usePreference("theme");
  const density = usePreference("density");
  const textSize = usePreference("textSize");
  return (
    <>
      <Section title="Theme">
        <Choices
          legend="Colours"
          name="theme"
          value={theme}
          options={THEMES}
          columns="grid-cols-3"
          onChange={(value) => setPreference("theme", value)}
        />
      </Section>
      <Section title="Messages">
        <Choices
          legend="Density"
          name="density"
          value={density}
          options={DENSITIES}
          columns="grid-cols-2"
          onChange={(value) => setPreference("density", value)}
        />
        <div>
          <label htmlFor="text-size" className="font-medium text-sm">
            Text size
          </label>
          <div className="mt-1 flex items-center gap-3">
            <span aria-hidden="true" className="text-sm">
              A
            </span>
            <input
              id="text-size"
              type="range"
              min={0}
              max={TEXT_SIZES.length - 1}
              value={TEXT_SIZES.indexOf(textSize)}
              aria-valuetext={`${textSize} pixels`}
              onChange={({ target }) => setPreference("textSize", TEXT_SIZES[Number(target.value)] ?? "15")}
              className="touch-target h-6 min-w-0 flex-1 accent-(--accent)"
            />
            <span aria-hidden="true" className="text-page">
              A
            </span>
            <output htmlFor="text-size" className="w-12 text-right text-muted text-sm tabular-nums">
              {textSize} px
            </output>
          </div>
        </div>
        <Sample />
      </Section>
    </>
  );
}

/** What the choices look like, where one makes them. */
function Sample() {
  return (
    <div aria-hidden="true" className="overflow-hidden rounded-card border border-line bg-surface py-2">
      {[
        { name: "Ada Lovelace", at: "09:41", text: "The build is green. Shall we ship it?" },
        { name: "Grace Hopper", at: "09:42", text: "Ship it. I’ll watch the dashboards." },
      ].map(({ name, at, text }) => (
        <div
          key={name}
          data-message=""
          className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-4 pt-2 pb-0.5"
        >
          <Avatar id={name} name={name} />
          <div className="min-w-0">
            <p className="flex items-baseline gap-2">
              <span className="font-semibold">{name}</span>
              <span className="text-meta text-muted">{at}</span>
            </p>
            <p>{text}</p>
          </div>
        </div>
      ))}
    </div>
  );
}
