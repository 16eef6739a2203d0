import { hexkeyIdIn } from '../contacts/invite-link.ts';

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const addressForm = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;

/**
 * Whom a text names that was typed, pasted or scanned: a Hexkey ID or an invite, an address, or an address in a `solana:` link (Solana
 * Pay, transfer request). Null when it names nobody; whether an address can receive is for the wallet to say.
 */
export function readPayee(text: string): { readonly hexkeyId: string } | { readonly address: string } | null {
  const tidy = text.trim();
  const address = /^solana:([^?]+)/.exec(tidy)?.[1] ?? tidy;
  if (isAddress(address)) return { address };
  const hexkeyId = hexkeyIdIn(tidy);
  return hexkeyId === null ? null : { hexkeyId };
}

/** Base58 of exactly 32 bytes. A letter that is lost may be noticed; a wrong one never is: addresses have no checksum. */
function isAddress(text: string): boolean {
  if (!addressForm.test(text)) return false;
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  const value = [...text].reduce((sum, letter) => sum * 58n + BigInt(letters.indexOf(letter)), 0n);
  const bytes = value === 0n ? 0 : Math.ceil(value.toString(16).length / 2);
  return zeros + bytes === 32;
}
