import { utf8 } from '../encoding/bytes.ts';
import { fromBase64url } from '../encoding/text.ts';
import { fingerprintDigits } from '../messaging/safety-number.ts';

/**
 * What a new device shows and its owner types on the one that approves it: 20 digits of the device key, in groups of five. The server
 * cannot put another key in its place, because no other key has these digits (66 bits, and 5200 hashes a try). Public.
 * @param thumbprint of the device key, RFC 7638 in base64url
 */
export function deviceCode(accountId: string, thumbprint: string): string {
  const digits = fingerprintDigits(fromBase64url(thumbprint), utf8(`${accountId} device`)).slice(0, 20);
  return (digits.match(/.{5}/g) as string[]).join(' ');
}

/** Whether that was typed, with any spaces or none. */
export function isDeviceCode(typed: string, accountId: string, thumbprint: string): boolean {
  return typed.replace(/[^0-9]/g, '') === deviceCode(accountId, thumbprint).replaceAll(' ', '');
}
