/**
 * x-coordinate of each node's shares: its 1-based position after sorting the realm ids. Lower-case hexadecimal sorts as its
 * bytes do. Pin-network specification, section 2, "Cryptography".
 * @throws {RangeError} a repeated realm id
 */
export function nodeIndices(realmIds: readonly string[]): ReadonlyMap<string, number> {
  const sorted = [...realmIds].sort();
  if (new Set(sorted).size !== sorted.length) throw new RangeError('realm ids are unique');
  return new Map(sorted.map((realmId, position) => [realmId, position + 1]));
}
