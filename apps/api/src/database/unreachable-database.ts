/** PostgreSQL did not let us in. Its message is for the operator and holds nothing of the address, which holds a password. */
export class UnreachableDatabaseError extends Error {
  override readonly name = 'UnreachableDatabaseError';
}

/** Nobody listens, no such host or socket, silence. */
const networkCodes = /^(?:ECONN|ENOTFOUND|ENOENT|EHOST|ENET|ETIMEDOUT|EAI_)/;
/** SQLSTATE classes: connection, authorization, no such database; and "cannot connect now". */
const refusalCodes = /^(?:08...|28...|3D000|57P03)$/;

/** What a start failed with, said for the operator if it was the way to PostgreSQL. Anything else comes back as it is. */
export function sayIfUnreachable(error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code);
  if (!networkCodes.test(code) && !refusalCodes.test(code)) return error;
  return new UnreachableDatabaseError(`PostgreSQL at DATABASE_URL does not serve (${code})`, {
    cause: error,
  });
}
