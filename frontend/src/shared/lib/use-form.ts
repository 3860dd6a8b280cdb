import { type FormEvent, useState } from "react";
import { ApiError, describeError } from "@/shared/api/api-error";

interface FormState {
  fields: Record<string, string>;
  /** Trouble that belongs to no field. */
  general: string | null;
  isBusy: boolean;
}

const calm: FormState = { fields: {}, general: null, isBusy: false };

/**
 * Native inputs, our own submit: checks, sends, and puts the server's errors at the fields that exist. What the
 * person typed stays where it is, whatever happens.
 */
export function useForm<T extends string>(
  names: readonly T[],
  check: (values: Record<T, string>) => Partial<Record<T, string>>,
  submit: (values: Record<T, string>) => Promise<void>,
) {
  const [state, setState] = useState(calm);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const values = Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<
      T,
      string
    >;
    const fields = check(values) as Record<string, string>;
    if (Object.keys(fields).length > 0) {
      setState({ ...calm, fields });
      return focusFirst(form, names, fields);
    }
    setState({ ...calm, isBusy: true });
    try {
      await submit(values);
      setState(calm);
    } catch (error) {
      const next = errorState(error, names);
      setState(next);
      focusFirst(form, names, next.fields);
    }
  };
  return { ...state, onSubmit };
}

function errorState(error: unknown, names: readonly string[]): FormState {
  if (!(error instanceof ApiError)) return { ...calm, general: describeError(error) };
  const all = Object.entries(error.fields);
  const fields = Object.fromEntries(all.filter(([name]) => names.includes(name)));
  const rest = all.filter(([name]) => !names.includes(name)).map(([, message]) => message);
  const general =
    Object.keys(fields).length > 0 && rest.length === 0 ? null : [error.message, ...rest].join(" ");
  return { fields, general, isBusy: false };
}

function focusFirst(form: HTMLFormElement, names: readonly string[], fields: Record<string, string>) {
  const first = names.find((name) => fields[name] !== undefined);
  const input = first && form.elements.namedItem(first);
  if (input instanceof HTMLElement) input.focus();
}
