import { Lock } from 'lucide-react';
import { Hexagon } from '../hexagon.tsx';

/** The PIN field while it is locked: a closed lock and what is left of the wait, in large figures. */
export function PinLock(props: { title: string; countdown: string; why: string; spoken: string }) {
  return (
    <div className="flex flex-col items-center text-center">
      <div className="relative">
        <Hexagon filled={false} className="size-24 text-danger" />
        <Lock aria-hidden="true" className="absolute inset-0 m-auto size-9 text-danger" />
      </div>
      <p className="mt-4 font-medium text-danger">{props.title}</p>
      <p aria-hidden="true" className="figures mt-1 font-semibold text-number">
        {props.countdown}
      </p>
      {/* Spoken when the text changes, which is each minute: a voice that counts seconds says nothing else. */}
      <p role="status" className="sr-only">
        {props.spoken}
      </p>
      <p className="mt-3 max-w-80 text-balance text-muted">{props.why}</p>
    </div>
  );
}
