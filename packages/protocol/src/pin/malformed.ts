/** Bytes or text that no honest peer sends: wrong shape, length, encoding or range. Carries no input. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}
