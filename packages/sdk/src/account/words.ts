import type { Secret } from '@hexkey/protocol';

/** The words of a mnemonic phrase, in order. */
export type Words = Secret<readonly string[]>;
