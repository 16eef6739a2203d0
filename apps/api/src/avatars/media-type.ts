/** What browsers draw and clients make. No SVG, which can hold script. */
export type MediaType = 'image/png' | 'image/jpeg' | 'image/webp';

/** What the first bytes say a picture is, whatever its sender calls it; null for anything else. */
export function mediaTypeOf(image: Uint8Array): MediaType | null {
  const begin = Buffer.from(image.subarray(0, 12));
  if (begin.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (begin.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  const isRiff = begin.toString('latin1', 0, 4) === 'RIFF' && begin.toString('latin1', 8, 12) === 'WEBP';
  return isRiff ? 'image/webp' : null;
}
