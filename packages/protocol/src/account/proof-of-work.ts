import { sha256 } from '@noble/hashes/sha2.js';
import { uint64, utf8 } from '../encoding/bytes.ts';
import { statement } from './statements.ts';

/** What is searched for: `SHA-256(lp("hexkey/1 pow") lp(challenge) lp(login key) be8(counter))` with leading zero bits. */
export interface Puzzle {
  /** 32 bytes. */
  readonly challenge: Uint8Array;
  readonly loginKey: Uint8Array;
  /** Leading zero bits demanded; each one doubles the expected work. */
  readonly bits: number;
}

const prefixOf = (puzzle: Puzzle) => statement('hexkey/1 pow', puzzle.challenge, puzzle.loginKey);

/** Whether an 8-byte counter solves the puzzle. One hash. */
export function solvesPuzzle(puzzle: Puzzle, counter: Uint8Array): boolean {
  if (counter.length !== 8) return false;
  const hash = sha256.create().update(prefixOf(puzzle)).update(counter).digest();
  return leadingZeroBits(hash) >= puzzle.bits;
}

/**
 * Searches in steps, so that a page stays alive and may stop: yields the number of counters tried after each step and
 * returns the first counter that fits. Calling the generator's `return` ends the search.
 */
export function* searchPuzzle(puzzle: Puzzle, stepSize = 2048): Generator<number, Uint8Array<ArrayBuffer>> {
  const midstate = sha256.create().update(prefixOf(puzzle));
  for (let counter = 0; ; counter += 1) {
    const candidate = uint64(counter);
    if (leadingZeroBits(midstate.clone().update(candidate).digest()) >= puzzle.bits) return candidate;
    if ((counter + 1) % stepSize === 0) yield counter + 1;
  }
}

function leadingZeroBits(hash: Uint8Array): number {
  let bits = 0;
  for (const byte of hash) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}

/**
 * What takes the place of the login key when a puzzle is a captcha: a hash of the number the request is for, so that a solution
 * serves no other. docs/protocol/account-api.md section 14.
 * @param phone E.164
 */
export function captchaSubject(phone: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha256(statement('hexkey/1 captcha', utf8(phone))));
}
