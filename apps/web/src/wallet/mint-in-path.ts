const solInPath = 'sol';

/** A mint as the last part of an address: SOL has none. */
export const mintInPath = (mint: string | null): string => mint ?? solInPath;
export const mintOfPath = (part: string): string | null => (part === solInPath ? null : part);
