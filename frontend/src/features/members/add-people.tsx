import { Check, UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { addMember } from "@/entities/rooms/membership";
import { describeError } from "@/shared/api/api-error";
import { $api } from "@/shared/api/client";
import { Avatar } from "@/shared/ui/avatar";
import { TextField } from "@/shared/ui/text-field";
import { toast } from "@/shared/ui/toast-store";

const MAX_SHOWN = 6;

/** Finds somebody in the directory and adds them to the room. */
export function AddPeople({ roomId, label = "Add people" }: { roomId: string; label?: string }) {
  const [query, setQuery] = useState("");
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(query.trim());
  const people = $api.useQuery(
    "get",
    "/api/v1/users",
    { params: { query: { query: wanted, limit: MAX_SHOWN } } },
    { enabled: wanted.length > 0, placeholderData: (before) => before },
  );
  const add = async (userId: string) => {
    try {
      await addMember(roomId, userId);
      setAdded(new Set([...added, userId]));
    } catch (error) {
      toast(describeError(error), "error");
    }
  };
  const items = wanted ? (people.data?.items ?? []) : [];
  return (
    <div>
      <TextField
        label={label}
        type="search"
        placeholder="Name or username"
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        error={people.isError && wanted ? describeError(people.error) : undefined}
      />
      <ul aria-label="People found" className="mt-1">
        {items.map((user) => (
          <li key={user.id}>
            <button
              type="button"
              disabled={added.has(user.id)}
              onClick={() => void add(user.id)}
              className="touch-target flex min-h-10 w-full items-center gap-2.5 rounded-control px-1.5 text-left enabled:hover:bg-hover"
            >
              <Avatar id={user.id} name={user.display_name} size="sm" />
              <span className="min-w-0 flex-1 truncate">
                {user.display_name} <span className="text-muted">@{user.username}</span>
              </span>
              {added.has(user.id) ? (
                <span className="flex items-center gap-1 text-meta text-ok">
                  <Check size={14} aria-hidden="true" /> Added
                </span>
              ) : (
                <span className="flex items-center gap-1 font-medium text-accent text-sm">
                  <UserPlus size={15} aria-hidden="true" /> Add
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {wanted && people.isSuccess && items.length === 0 ? (
        <p className="mt-1 text-muted text-sm">Nobody found for “{wanted}”.</p>
      ) : null}
    </div>
  );
}
