/** Why Hexkey cannot start, in one line for the person who started it: printed without a stack, exit code 1. */
export class StartError extends Error {}

/** The errno code of a failed system call, or null for another error. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
