import { Mark } from './mark.tsx';

/** Beside a list of which nothing is open. Wide screens only: on phones the list itself is the page. */
export function NothingChosen({ children }: { children: string }) {
  return (
    <section
      aria-label={children}
      className="hidden min-h-full flex-1 flex-col items-center justify-center gap-4 text-muted wide:flex"
    >
      <Mark className="size-14 opacity-40 grayscale" />
      <p>{children}</p>
    </section>
  );
}
