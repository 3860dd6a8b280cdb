import { useNavigate } from "@tanstack/react-router";
import { Hash, Lock } from "lucide-react";
import { createRoom } from "@/entities/rooms/membership";
import { roomNameProblem } from "@/entities/rooms/room-name";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

const NAMES = ["name", "topic", "visibility"] as const;

const VISIBILITIES = [
  { value: "public", label: "Public", hint: "Anyone can find and join it.", icon: Hash },
  { value: "private", label: "Private", hint: "Only people you add can see it.", icon: Lock },
] as const;

export function CreateRoomDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { fields, general, isBusy, onSubmit } = useForm(
    NAMES,
    ({ name }) => {
      const problem = roomNameProblem(name.trim());
      return problem ? { name: problem } : {};
    },
    async ({ name, topic, visibility }) => {
      const room = await createRoom({
        name: name.trim(),
        topic: topic.trim(),
        visibility: visibility === "private" ? "private" : "public",
      });
      onClose();
      await navigate({ to: "/r/$roomId", params: { roomId: room.id } });
    },
  );
  return (
    <Dialog title="Create a room" onClose={onClose}>
      <form onSubmit={onSubmit} noValidate className="space-y-4">
        <FormAlert message={general} />
        <TextField
          label="Name"
          name="name"
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          placeholder="release-train"
          hint="Letters, numbers, _ and -."
          error={fields["name"]}
        />
        <TextField
          label="Topic (optional)"
          name="topic"
          autoComplete="off"
          placeholder="What is it for?"
          error={fields["topic"]}
        />
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-1 font-medium text-sm">Who can join</legend>
          {VISIBILITIES.map(({ value, label, hint, icon: Icon }) => (
            <label
              key={value}
              className="flex gap-2.5 rounded-card border border-line p-3 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="visibility"
                value={value}
                defaultChecked={value === "public"}
                className="mt-1 size-4 flex-none accent-(--accent)"
              />
              <span>
                <span className="flex items-center gap-1.5 font-medium">
                  <Icon size={14} aria-hidden="true" />
                  {label}
                </span>
                <span className="block text-balance text-muted text-sm">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="flex justify-end gap-2 pt-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isBusy}>
            Create room
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
