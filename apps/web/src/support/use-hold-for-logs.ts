import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

const holdMs = 3000;
/** How far a finger that holds may wander, in CSS pixels. */
const slack = 12;

/** Holding the title or the bar for three seconds opens the logs. Without a pointer: Support, or Help, then Send logs. */
export function useHoldForLogs(isOn: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!isOn) return;
    let hold: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | null = null;
    const end = () => {
      clearTimeout(hold?.timer);
      hold = null;
    };
    const begin = ({ target, clientX: x, clientY: y }: PointerEvent) => {
      end();
      if (!(target instanceof Element) || target.closest('h1, header') === null) return;
      hold = { timer: setTimeout(() => void navigate({ to: '/support/logs' }), holdMs), x, y };
    };
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (hold !== null && Math.hypot(clientX - hold.x, clientY - hold.y) > slack) end();
    };
    document.addEventListener('pointerdown', begin);
    document.addEventListener('pointermove', move);
    for (const name of ['pointerup', 'pointercancel'] as const) document.addEventListener(name, end);
    return () => {
      end();
      document.removeEventListener('pointerdown', begin);
      document.removeEventListener('pointermove', move);
      for (const name of ['pointerup', 'pointercancel'] as const) document.removeEventListener(name, end);
    };
  }, [isOn, navigate]);
}
