/** Over a stretch of the past: says so, and leads back. */
export function SegmentBar({ onLeave }: { onLeave: () => void }) {
  return (
    <div className="absolute inset-x-0 top-0 flex items-center justify-between gap-3 border-line border-b bg-accent-soft px-(--gutter) py-1.5 text-sm">
      <span>You are reading older messages.</span>
      <button
        type="button"
        onClick={onLeave}
        className="touch-target font-medium text-accent hover:underline"
      >
        Jump to latest
      </button>
    </div>
  );
}
