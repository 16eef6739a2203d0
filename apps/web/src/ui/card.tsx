import type { ReactNode } from 'react';

/** A group of rows or facts on one surface. */
export function Card({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title && <h2 className="mb-2 font-medium text-muted text-sm">{title}</h2>}
      <div className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {children}
      </div>
    </section>
  );
}

/** A name and its value. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-13 flex-wrap items-center justify-between gap-x-4 px-4 py-2">
      <span className="text-muted">{name}</span>
      <span className="figures min-w-0 font-medium [overflow-wrap:anywhere]">{children}</span>
    </div>
  );
}
