import { useId } from 'react';
import { useT } from '../i18n/use-t.ts';
import { hexagonPath } from '../ui/hexagon.tsx';

const seats = [
  { x: 152, y: 4 },
  { x: 180, y: 4 },
  { x: 208, y: 4 },
  { x: 166, y: 28 },
  { x: 194, y: 28 },
] as const;
/** How many of the seats are drawn as taken. */
const taken = 3;

/** The three kinds of shards and the one signature they make, in six-sided seats. What it says is said below it in words too. */
export function ShardsPicture() {
  const t = useT();
  const titleId = useId();
  return (
    <svg
      viewBox="0 0 240 152"
      role="img"
      aria-labelledby={titleId}
      className="mx-auto w-full max-w-120 text-accent"
    >
      <title id={titleId}>{t('key.picture')}</title>
      <g fill="none" stroke="currentColor" strokeWidth="1.25" className="text-edge">
        <path d="M44 76v6q0 8 8 8h60q8 0 8 8" />
        <path d="M120 76v24" />
        <path d="M196 76v6q0 8-8 8h-60q-8 0-8 8" />
      </g>
      <Seat x={26} y={10} size={36} filled />
      <g className="text-on-accent" fill="currentColor">
        {[0, 1, 2, 3, 4, 5].map((digit) => (
          <circle key={digit} cx={37 + (digit % 3) * 7} cy={digit < 3 ? 24.5 : 31.5} r="2" />
        ))}
      </g>
      <Seat x={102} y={10} size={36} filled />
      <g className="text-on-accent" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
        <circle cx="115" cy="28" r="4" />
        <path d="M119 28h10m-3 0v4m-3.5-4v3" />
      </g>
      {seats.map(({ x, y }, index) => (
        <Seat key={`${x} ${y}`} x={x} y={y} size={24} filled={index < taken} />
      ))}
      <Seat x={98} y={100} size={44} filled={false} />
      <path
        d="M112 123q4-8 8 0t8-2"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        className="text-good"
      />
      <g className="fill-ink" fontSize="8.5" textAnchor="middle">
        <text x="44" y="68">
          {t('key.pin-title')}
        </text>
        <text x="120" y="68">
          {t('key.account-title')}
        </text>
        <text x="196" y="68">
          {t('key.network-title')}
        </text>
        <text x="148" y="126" textAnchor="start">
          {t('key.signature')}
        </text>
      </g>
    </svg>
  );
}

function Seat(props: { x: number; y: number; size: number; filled: boolean }) {
  return (
    <path
      d={hexagonPath}
      transform={`translate(${props.x} ${props.y}) scale(${props.size / 24})`}
      fill={props.filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinejoin="round"
      className={props.filled ? '' : 'text-edge'}
    />
  );
}
