import type { ReactNode } from 'react';

/** Nothing here yet: says why, and what will fill it. */
export function EmptyState(props: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-4 py-10 text-center">
      <div className="mb-4 text-muted [&>svg]:size-10 [&>svg]:stroke-[1.25]">{props.icon}</div>
      <h2 className="font-medium">{props.title}</h2>
      {props.children && <div className="mt-1 max-w-80 text-balance text-muted">{props.children}</div>}
    </div>
  );
}
