import { Check } from 'lucide-react';
import { Hexagon } from './hexagon.tsx';

export interface ProgressStep {
  readonly name: string;
  readonly state: 'done' | 'active' | 'waiting';
  /** What the active step has reached, such as "3 of 5". */
  readonly count?: string;
}

/**
 * Long work as steps done of all, with one seat for each taking part.
 * @param seats how many of how many have answered in the present step
 */
export function Progress(props: {
  label: string;
  done: number;
  of: number;
  now: string;
  steps: readonly ProgressStep[];
  seats: { filled: number; of: number };
}) {
  return (
    <div className="flex flex-col gap-6">
      <div
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.of}
        aria-valuenow={props.done}
        aria-valuetext={props.now}
        className="flex flex-col gap-5"
      >
        <div aria-hidden="true" className="flex min-h-10 justify-center gap-2">
          {Array.from({ length: props.seats.of }, (_, seat) => {
            const filled = seat < props.seats.filled;
            const look = filled ? 'text-accent' : 'text-edge';
            return (
              <Hexagon
                // biome-ignore lint/suspicious/noArrayIndexKey: seats differ by position only
                key={seat}
                filled={filled}
                className={`size-10 transition-colors duration-200 ${look}`}
              />
            );
          })}
        </div>
        <div className="h-1.5 overflow-clip rounded-full bg-line">
          <div
            className="h-full rounded-full bg-accent transition-[width] duration-200 ease-out"
            style={{ width: `${(100 * props.done) / Math.max(1, props.of)}%` }}
          />
        </div>
      </div>
      <ol className="flex flex-col gap-3">
        {props.steps.map((step) => (
          <li
            key={step.name}
            className={`flex items-center gap-3 ${step.state === 'waiting' ? 'text-muted' : ''}`}
          >
            <StepSign state={step.state} />
            <span className={`flex-1 ${step.state === 'active' ? 'font-medium' : ''}`}>{step.name}</span>
            <span className="figures text-muted">{step.count}</span>
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {props.now}
      </p>
    </div>
  );
}

function StepSign({ state }: { state: ProgressStep['state'] }) {
  if (state === 'done') return <Check aria-hidden="true" className="size-5 text-good" />;
  return (
    <span aria-hidden="true" className="flex size-5 items-center justify-center">
      <span className={`size-2 rounded-full ${state === 'active' ? 'animate-pulse bg-accent' : 'bg-edge'}`} />
    </span>
  );
}
