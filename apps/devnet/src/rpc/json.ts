/** JSON with 64-bit integers: a `bigint` is written as a number, as Solana's RPC writes it. */
export function encodeJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map((one) => encodeJson(one ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${encodeJson(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
