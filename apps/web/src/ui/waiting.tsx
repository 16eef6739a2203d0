import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';

/** Says what a wait waits for, once it is long enough to be noticed (400 ms). */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="flex animate-[rise_160ms_400ms_both] items-center justify-center gap-3 text-muted"
    >
      <LoaderCircle aria-hidden="true" className="size-5 animate-spin" />
      {children}
    </p>
  );
}
