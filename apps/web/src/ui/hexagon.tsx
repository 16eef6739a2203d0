/** A pointy-top hexagon in a 24 by 24 box; the shape of the mark, of a PIN digit and of a guardian's seat. */
export const hexagonPath = 'M12 1.5 21.1 6.75v10.5L12 22.5 2.9 17.25V6.75z';

/** Inherits size and colours. Decoration: what it stands for is said in text. */
export function Hexagon({ filled, className }: { filled: boolean; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <path
        d={hexagonPath}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
  );
}
