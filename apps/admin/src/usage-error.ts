/** What was typed is no command. Its message is for the operator. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
