import type { ReactNode } from 'react';

/** The page's title; takes the focus after a change of page, unless a field does. */
export function Heading({ children, large = false }: { children: ReactNode; large?: boolean }) {
  return (
    <h1 tabIndex={-1} className={`text-balance font-semibold ${large ? 'text-display' : 'text-title'}`}>
      {children}
    </h1>
  );
}
