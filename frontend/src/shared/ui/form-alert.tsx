import { CircleAlert } from "lucide-react";

/** What went wrong with a form as a whole; announced when it appears. */
export function FormAlert({ message }: { message: string | null }) {
  return (
    <div role="alert">
      {message ? (
        <p className="flex gap-2 rounded-card border border-danger/40 bg-danger/8 px-3 py-2 text-danger text-sm">
          <CircleAlert size={16} className="mt-px flex-none" aria-hidden="true" />
          {message}
        </p>
      ) : null}
    </div>
  );
}
