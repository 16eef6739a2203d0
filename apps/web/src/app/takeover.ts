import { isDomainError } from '@hexkey/contract';

/** A page that takes the place of all others, with what it shows. */
export type Takeover =
  | { readonly kind: 'insecure-origin' }
  | { readonly kind: 'clock-skew'; readonly deviceTimeMs: number; readonly serverTimeMs: number }
  | { readonly kind: 'update-required'; readonly minimumVersion: string }
  | { readonly kind: 'cannot-start'; readonly error: unknown };

/** The page a refusal calls for, whichever call it answers; null for those that are shown in place. */
export function takeoverOf(error: unknown, nowMs: number): Takeover | null {
  if (isDomainError(error, 'ClockSkewed'))
    return { kind: 'clock-skew', deviceTimeMs: nowMs, serverTimeMs: error.details.serverTimeMs };
  if (isDomainError(error, 'UpdateRequired'))
    return { kind: 'update-required', minimumVersion: error.details.minimumVersion };
  return null;
}
