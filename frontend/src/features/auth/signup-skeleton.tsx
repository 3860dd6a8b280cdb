/** Where the form will be, while it is not known whether there is one; appears late, so a quick answer never flashes it. */
export function SignupSkeleton() {
  return (
    <div aria-busy="true" role="status">
      <span className="sr-only">Loading…</span>
      <div className="appear-late space-y-4" aria-hidden="true">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldSkeleton />
          <FieldSkeleton />
        </div>
        <FieldSkeleton />
        <FieldSkeleton />
        <FieldSkeleton />
        <div className="skeleton h-9" />
      </div>
    </div>
  );
}

const FieldSkeleton = () => (
  <div>
    <div className="skeleton h-3.5 w-24" />
    <div className="skeleton mt-1.5 h-9" />
  </div>
);
