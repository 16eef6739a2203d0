/**
 * Whether a statement failed because a row it refers to is not there: SQLSTATE 23503. It was when it was read, so somebody has
 * deleted it since. The transaction it ran in is over.
 */
export function isMissingReference(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23503';
}
