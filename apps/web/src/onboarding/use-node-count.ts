import type { PinProgress } from '@hexkey/sdk';
import { useRef } from 'react';

/** How many nodes take part, once a step has named their number; seats stay when later steps name none. */
export function useNodeCount(progress: PinProgress | null): number {
  const known = useRef(0);
  if (progress && 'of' in progress) known.current = Math.max(known.current, progress.of);
  return known.current;
}
