import { isDomainError } from '@hexkey/contract';
import type { TakeoverKind } from '../route-table.ts';

/** What each of the pages that take the place of all others shows; the route table lists them for the tests. */
interface TakeoverDetails extends Record<TakeoverKind, object> {
  'insecure-origin': Record<never, never>;
  'clock-skew': { readonly deviceTimeMs: number; readonly serverTimeMs: number };
  'update-required': { readonly minimumVersion: string };
  'cannot-start': { readonly error: unknown };
}

/** A page that takes the place of all others, with what it shows. */
export type Takeover = {
  [Kind in TakeoverKind]: { readonly kind: Kind } & TakeoverDetails[Kind];
}[TakeoverKind];

/** The page a refusal calls for, whichever call it answers; null for those that are shown in place. */
export function takeoverOf(error: unknown, nowMs: number): Takeover | null {
  if (isDomainError(error, 'ClockSkewed'))
    return { kind: 'clock-skew', deviceTimeMs: nowMs, serverTimeMs: error.details.serverTimeMs };
  if (isDomainError(error, 'UpdateRequired'))
    return { kind: 'update-required', minimumVersion: error.details.minimumVersion };
  return null;
}
