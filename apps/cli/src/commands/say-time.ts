/** `2030-01-01 12:00:00Z`: sorts as text, and is the same for everybody who compares two logs. */
export const sayTime = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;
