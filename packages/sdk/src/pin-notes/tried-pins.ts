import { concatBytes, equalBytes, lengthPrefixed, type Secret, utf8 } from '@hexkey/protocol';
import type { Engine } from '../storage/engine.ts';

/**
 * Digits that the nodes judged wrong, kept on this device as HMAC-SHA-256 marks (RFC 2104) under a key that its engine will use but not
 * export. A copy of the files cannot be searched. A program that runs as this page can try a million candidates against the marks; it
 * learns which few are wrong, never which is right: a mark is made only after t nodes have judged the digits, and is bound to the record
 * they were judged against, whose PIN never changes (ADR 33).
 */
export interface TriedPins {
  readonly key: CryptoKey;
  readonly marks: readonly TriedMark[];
}

interface TriedMark {
  /** 16 bytes, of the record the digits are wrong for. */
  readonly version: Uint8Array;
  /** 32 bytes. */
  readonly mark: Uint8Array;
}

/** Digits entered for an account. @property accountId UUID text */
export interface Candidate {
  readonly accountId: string;
  readonly pin: Secret<string>;
}

type MarkingEngine = Pick<Engine, 'generateKey' | 'sign'>;

/** @param version the record the nodes judged the digits wrong for */
export async function withTriedPin(
  engine: MarkingEngine,
  tried: TriedPins | null,
  candidate: Candidate,
  version: Uint8Array,
): Promise<TriedPins> {
  const { key, marks } = tried ?? { key: await newMarkKey(engine), marks: [] };
  const mark = await markOf(engine, key, candidate, version);
  const known = marks.some((other) => equalBytes(other.mark, mark));
  return { key, marks: known ? marks : [...marks, { version, mark }] };
}

/** The records for which these digits are known to be wrong. */
export async function versionsTried(
  engine: MarkingEngine,
  { key, marks }: TriedPins,
  candidate: Candidate,
): Promise<readonly Uint8Array[]> {
  const matches = await Promise.all(
    marks.map(async ({ version, mark }) =>
      equalBytes(mark, await markOf(engine, key, candidate, version)) ? [version] : [],
    ),
  );
  return matches.flat();
}

async function newMarkKey(engine: MarkingEngine): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  return (await engine.generateKey(algorithm, false, ['sign'])) as CryptoKey;
}

/** HMAC-SHA-256( lp("hexkey/1 tried-pin") lp(account) lp(version) lp(digits) ) */
async function markOf(
  engine: MarkingEngine,
  key: CryptoKey,
  { accountId, pin }: Candidate,
  version: Uint8Array,
): Promise<Uint8Array> {
  const parts = [utf8('hexkey/1 tried-pin'), utf8(accountId), version, utf8(pin.reveal())];
  return new Uint8Array(await engine.sign('HMAC', key, concatBytes(...parts.map(lengthPrefixed))));
}
