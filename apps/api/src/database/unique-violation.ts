/** Whether a statement failed because another row has the value already: SQLSTATE 23505. The transaction it ran in is over. */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23505';
}
