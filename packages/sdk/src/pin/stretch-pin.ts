import { pinHashInput, type Secret, type StretchedPin, stretchedPinOf } from '@hexkey/protocol';
import type { PinHash } from './pin-hash.ts';

/** The PIN made costly for one record. @param accountId UUID text, Juicebox's `info` */
export async function stretchPin(
  pinHash: PinHash,
  pin: Secret<string>,
  version: Uint8Array,
  accountId: string,
): Promise<StretchedPin> {
  const { password, salt } = pinHashInput(pin, version, accountId);
  return stretchedPinOf(await pinHash(password, salt));
}
