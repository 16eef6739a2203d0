/**
 * The length that a content of `lengthBytes` is padded to, at most 12 % more: of all the bits of a length only about log log L leading ones stay,
 * so that it says O(log log L) bits about the content. Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication
 * with PURBs", PoPETs 2019(4), section 4, algorithm 1.
 * @param lengthBytes a safe non-negative integer
 */
export function paddedLength(lengthBytes: number): number {
  if (lengthBytes < 2) return lengthBytes;
  const exponent = floorLog2(lengthBytes);
  const keptBits = floorLog2(exponent) + 1;
  // Powers and divisions instead of masks: lengths may have more than the 32 bits that masks take.
  const step = 2 ** Math.max(0, exponent - keptBits);
  return Math.ceil(lengthBytes / step) * step;
}

/** Of a safe integer over 0. `Math.log2` rounds up just below large powers. */
function floorLog2(value: number): number {
  if (value === 0) return 0;
  return value.toString(2).length - 1;
}
