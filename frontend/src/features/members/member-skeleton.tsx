export function MemberSkeleton() {
  return (
    <div className="appear-late space-y-3 p-2" aria-hidden="true">
      {["w-32", "w-40", "w-28"].map((width) => (
        <div key={width} className="flex items-center gap-2.5">
          <div className="skeleton size-7" />
          <div className={`skeleton h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
