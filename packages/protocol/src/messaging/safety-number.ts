import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from '../pin/malformed.ts';
import { cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';

/** One of the two sides of a conversation. */
export interface SafetySide {
  /** UUID text. */
  readonly accountId: string;
  /** Account identity key, 32 bytes. */
  readonly aik: Uint8Array;
}

const iterations = 5200;
const version = Uint8Array.of(0, 0);
const codePrefix = 'hexkey-safety:1:';

/** 60 digits in twelve groups of five, equal for both sides: the lower account's half comes first. */
export function safetyNumber(own: SafetySide, peer: SafetySide): string {
  const sides = own.accountId < peer.accountId ? [own, peer] : [peer, own];
  const digits = sides.map(({ accountId, aik }) => fingerprintDigits(aik, utf8(accountId))).join('');
  return (digits.match(/.{5}/g) as string[]).join(' ');
}

/**
 * 30 digits of one key: Signal's numeric fingerprint, version 0 (libsignal, rust/protocol/src/fingerprint.rs). The iterations make
 * a key whose digits agree in a guessed part that much dearer to find.
 * @param name stable name of the key's owner
 */
export function fingerprintDigits(key: Uint8Array, name: Uint8Array): string {
  let hash = sha512(concatBytes(version, key, name, key));
  for (let count = 1; count < iterations; count += 1) hash = sha512(concatBytes(hash, key));
  let digits = '';
  for (let group = 0; group < 6; group += 1) {
    const chunk = hash.subarray(5 * group, 5 * group + 5);
    // Forty bits fit a double.
    const number = chunk.reduce((value, byte) => value * 256 + byte, 0);
    digits += String(number % 100_000).padStart(5, '0');
  }
  return digits;
}

/** What the QR code of one side holds: both keys as this side knows them. Public. */
export function safetyCode(own: SafetySide, peer: SafetySide): string {
  const claim = cborMap({
    account: own.accountId,
    aik: own.aik,
    peer: peer.accountId,
    peer_aik: peer.aik,
  });
  return `${codePrefix}${toBase64url(encodeCbor(claim))}`;
}

/**
 * What the other side's code says about this conversation. `different`: of these two accounts with another key on either side, so
 * somebody may stand between. `another`: of other people, or no safety code at all.
 */
export function compareSafetyCode(
  code: string,
  own: SafetySide,
  peer: SafetySide,
): 'same' | 'different' | 'another' {
  const claim = readSafetyCode(code);
  if (claim?.side.accountId !== peer.accountId || claim.peer.accountId !== own.accountId) return 'another';
  return equalBytes(claim.side.aik, peer.aik) && equalBytes(claim.peer.aik, own.aik) ? 'same' : 'different';
}

function readSafetyCode(code: string): { readonly side: SafetySide; readonly peer: SafetySide } | null {
  if (!code.startsWith(codePrefix)) return null;
  try {
    const members = readMembers(decodeCbor(fromBase64url(code.slice(codePrefix.length))));
    return {
      side: { accountId: members.uuid('account'), aik: members.bytes('aik', 32) },
      peer: { accountId: members.uuid('peer'), aik: members.bytes('peer_aik', 32) },
    };
  } catch (error) {
    if (error instanceof MalformedError || error instanceof RangeError) return null;
    throw error;
  }
}
