import { hexagonPath } from './hexagon.tsx';

/** The mark: a hexagon with a keyhole. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <path d={hexagonPath} className="fill-accent" />
      <path
        d="M12 7.6a2.7 2.7 0 0 0-1.3 5.07l-.95 3.83h4.5l-.95-3.83A2.7 2.7 0 0 0 12 7.6z"
        className="fill-on-accent"
      />
    </svg>
  );
}
