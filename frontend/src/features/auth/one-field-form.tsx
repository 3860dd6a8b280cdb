import type { ComponentProps } from "react";
import { useForm } from "@/shared/lib/use-form";
import { Button } from "@/shared/ui/button";
import { FormAlert } from "@/shared/ui/form-alert";
import { TextField } from "@/shared/ui/text-field";

interface OneFieldFormProps extends Omit<ComponentProps<typeof TextField>, "name" | "error" | "onSubmit"> {
  name: string;
  /** What to say when it is left empty. */
  missing: string;
  action: string;
  onSubmit: (value: string) => Promise<void>;
}

/** Asks one thing. */
export function OneFieldForm({ name, missing, action, onSubmit: submit, ...field }: OneFieldFormProps) {
  const { fields, general, isBusy, onSubmit } = useForm(
    [name],
    (values) => (values[name]?.trim() ? {} : { [name]: missing }),
    (values) => submit(values[name] ?? ""),
  );
  return (
    <form onSubmit={onSubmit} noValidate className="space-y-4">
      <FormAlert message={general} />
      <TextField name={name} error={fields[name]} {...field} />
      <Button look="primary" type="submit" disabled={isBusy} className="w-full">
        {action}
      </Button>
    </form>
  );
}
