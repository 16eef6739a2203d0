/** The command was not understood, or cannot be carried out the way it was given. Its message never repeats what was typed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
