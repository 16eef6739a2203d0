import type { Transfer } from '@hexkey/sdk';
import { ArrowDownLeft, ArrowUpRight, CircleX, Clock, type LucideIcon } from 'lucide-react';
import type { PlainKey } from '../i18n/catalogue.ts';

/** How a payment stands: a sign, a colour and, never missing, a word. */
export interface ShownState {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly key: PlainKey;
}

export function stateOf({ state, direction }: Pick<Transfer, 'state' | 'direction'>): ShownState {
  if (state === 'pending') return { icon: Clock, tone: 'text-warn', key: 'transfers.pending' };
  if (state === 'failed') return { icon: CircleX, tone: 'text-danger', key: 'transfers.failed' };
  return direction === 'in'
    ? { icon: ArrowDownLeft, tone: 'text-good', key: 'transfers.confirmed-in' }
    : { icon: ArrowUpRight, tone: 'text-muted', key: 'transfers.confirmed-out' };
}

/** What came is more, what went is less; what failed is neither. */
export const signOf = ({ state, direction }: Pick<Transfer, 'state' | 'direction'>): string =>
  state === 'failed' ? '' : direction === 'in' ? '+' : '−';
