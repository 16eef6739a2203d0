import { hexagonPath } from './hexagon.tsx';

/** The first character of a name in a hexagon. Decoration: the name stands beside it. */
export function HexagonAvatar({ name, className }: { name: string | null; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <path
        d={hexagonPath}
        className="fill-accent/15 stroke-accent"
        strokeWidth="0.75"
        strokeLinejoin="round"
      />
      <text
        x="12"
        y="12"
        textAnchor="middle"
        dominantBaseline="central"
        className="fill-accent font-semibold text-[9px]"
      >
        {[...(name ?? '')][0]?.toUpperCase()}
      </text>
    </svg>
  );
}
