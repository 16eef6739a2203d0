import type { Hexkey } from '@hexkey/sdk';

/** A code of Team Hexkey before its reader's eyes. */
export interface ShownCode {
  /** Of the message. */
  readonly id: string;
  readonly digits: string;
  /** Unix time by the clock of the machine, whatever time the network lives in. */
  readonly atMs: number;
}

/** The codes a contact reads. */
export interface WatchedCodes {
  /** Waits for another code than the one with that id. */
  codeAfter(id: string | null): Promise<ShownCode>;
  disconnect(): void;
}

/**
 * Keeps a contact's client connected and shows each code that comes.
 * @param show resolves when the digits are on the screen
 */
export function watchCodes(
  { teamHexkey }: Pick<Hexkey, 'teamHexkey'>,
  show: (digits: string) => Promise<void>,
): WatchedCodes {
  let seenId: string | null = null;
  let last: ShownCode | null = null;
  const waiting = new Set<() => void>();

  async function look(): Promise<void> {
    const codes = (await teamHexkey.messages()).flatMap(({ id, message }) =>
      message?.kind === 'recoveryCode' ? [{ id, digits: message.parameters.code }] : [],
    );
    const newest = codes.at(-1);
    if (newest === undefined || newest.id === seenId) return;
    seenId = newest.id;
    await show(newest.digits);
    last = { ...newest, atMs: Date.now() };
    for (const wake of waiting) wake();
  }

  teamHexkey.subscribe(() => void look());
  return {
    disconnect: teamHexkey.connect(),
    async codeAfter(id) {
      while (last === null || last.id === id)
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      waiting.clear();
      return last;
    },
  };
}
