const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 as Bitcoin and Solana write it (draft-msporny-base58-03): each leading zero byte is a `1`. For keys, not for long texts. */
export function toBase58(bytes: Uint8Array): string {
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  let text = '';
  for (; number > 0n; number /= 58n) text = alphabet.charAt(Number(number % 58n)) + text;
  const firstDigit = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(firstDigit < 0 ? bytes.length : firstDigit) + text;
}

/**
 * Base58 to a byte string of a known length.
 * @throws {RangeError} another character or another length
 */
export function fromBase58(text: string, lengthBytes: number): Uint8Array<ArrayBuffer> {
  // A digit is worth less than six bits, so a longer text cannot have that length.
  if (text.length > Math.ceil(lengthBytes * 1.4)) throw new RangeError('not base58 of that length');
  let number = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) throw new RangeError('not base58');
    number = number * 58n + BigInt(digit);
  }
  const bytes = new Uint8Array(lengthBytes);
  for (let index = lengthBytes - 1; index >= 0; index -= 1) {
    bytes[index] = Number(number & 0xffn);
    number >>= 8n;
  }
  if (number > 0n || toBase58(bytes) !== text) throw new RangeError('not base58 of that length');
  return bytes;
}
