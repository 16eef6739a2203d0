import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';

/** When what calls this was first shown. */
export function useShownSince(): number {
  const { clock } = useDependencies();
  return useState(() => clock.now())[0];
}
