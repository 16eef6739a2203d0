import { fromHex } from '../encoding/text.ts';

/** The 16 bytes that nodes know an intent by, of the UUID text that clients and the account server write. */
export function intentOf(intentId: string): Uint8Array<ArrayBuffer> {
  return fromHex(intentId.replaceAll('-', ''));
}
