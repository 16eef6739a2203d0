const base64urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Unpadded base64url. RFC 4648 section 5. */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const chunk = bytes.subarray(index, index + 3);
    const bits = ((chunk[0] ?? 0) << 16) | ((chunk[1] ?? 0) << 8) | (chunk[2] ?? 0);
    for (let digit = 0; digit <= chunk.length; digit += 1)
      text += base64urlAlphabet[(bits >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/**
 * Unpadded base64url to bytes; exactly one text decodes to each byte string.
 * @throws {RangeError} other characters, padding, an impossible length or non-zero trailing bits
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let offset = 0;
  for (const character of text) {
    const digit = base64urlAlphabet.indexOf(character);
    if (digit < 0) throw new RangeError('not base64url');
    bits = ((bits << 6) | digit) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[offset] = (bits >> bitCount) & 0xff;
      offset += 1;
    }
  }
  if (text.length % 4 === 1 || (bits & ((1 << bitCount) - 1)) !== 0) throw new RangeError('not base64url');
  return bytes;
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Lower-case hexadecimal to bytes. @throws {RangeError} upper case, odd length or another character */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('not lower-case hexadecimal');
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}
