import {
  type BlindedInput,
  blindInput,
  type Clock,
  equalBytes,
  type Guess,
  type Random,
  type Secret,
} from '@hexkey/protocol';

/**
 * Makes a retry of the same PIN the same guess: a node that has counted a blinded input answers it again for 60 s without counting
 * (pin-network specification, section 3). In memory only, for one open guess.
 */
export interface GuessMemory {
  guessOf(accessKey: Secret<Uint8Array>): Guess;
  /** The nodes have decided: the next entry is a new guess. */
  forget(): void;
}

const sameGuessMs = 60_000;

export function createGuessMemory(clock: Clock, random: Random): GuessMemory {
  let open: { accessKey: Secret<Uint8Array>; blinded: BlindedInput; untilMs: number } | null = null;
  return {
    // The access key depends on the PIN, the account and the record's version, so equal keys mean the same guess.
    guessOf(accessKey) {
      const again =
        open !== null &&
        clock.now() < open.untilMs &&
        equalBytes(open.accessKey.reveal(), accessKey.reveal());
      if (open === null || !again)
        open = {
          accessKey,
          blinded: blindInput(accessKey, random),
          untilMs: clock.now() + sameGuessMs,
        };
      return { accessKey, ...open.blinded };
    },
    forget() {
      open = null;
    },
  };
}
