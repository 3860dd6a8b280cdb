const DAY_MS = 24 * 3600 * 1000;

interface LifetimeSelectProps {
  lifetimes: readonly { days: number; label: string }[];
  defaultDays: number;
}

/** How long something counts: the form's field `days`, for {@link expiryAfter}. */
export function LifetimeSelect({ lifetimes, defaultDays }: LifetimeSelectProps) {
  return (
    <label className="block">
      <span className="block font-medium text-sm">Expires after</span>
      <select name="days" defaultValue={defaultDays} className="select touch-target mt-1 block">
        {lifetimes.map(({ days, label }) => (
          <option key={days} value={days}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

export function expiryAfter(days: string): string {
  return new Date(Date.now() + Number(days) * DAY_MS).toISOString();
}
