import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import type { BusyReason } from './busy.ts';

/** While this is on the screen, or while `isOn`, no new version begins. */
export function useBusy(reason: BusyReason, isOn = true): void {
  const { busy } = useDependencies();
  useEffect(() => (isOn ? busy.hold(reason) : undefined), [busy, reason, isOn]);
}
