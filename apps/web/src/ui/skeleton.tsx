/** Where rows will stand. @param label what is awaited, for screen readers */
export function SkeletonRows({ label, count }: { label: string; count: number }) {
  return (
    <div
      role="status"
      className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
    >
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other identity
        <div key={row} className="flex min-h-13 animate-pulse flex-col justify-center gap-2 px-4 py-3">
          <div className="h-3 w-2/5 rounded-full bg-line" />
          <div className="h-2.5 w-3/5 rounded-full bg-line" />
        </div>
      ))}
    </div>
  );
}

/** One value that is still on its way. */
export function SkeletonText() {
  return <span aria-hidden="true" className="inline-block h-3 w-24 animate-pulse rounded-full bg-line" />;
}
