import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { statement } from './statements.ts';

/** HTTP field name, lower case. */
export const operatorField = 'hexkey-operator';
/** 16 random bytes, when it ends (uint64, milliseconds), and the server's HMAC-SHA256 over both: only the server reads it. */
export const operatorChallengeBytes = 56;

/** The one command an operator's signature allows (docs/protocol/account-api.md section 19). */
export interface OperatorCommand {
  /** Of the installation, as its people type it: what one installation is shown does not serve at another. */
  readonly origin: string;
  /** From the server, one use. */
  readonly challenge: Uint8Array;
  /** Name of the contract. */
  readonly command: string;
  /** Bytes of the request's body, as sent. */
  readonly body: Uint8Array;
}

/** What an operator's key signs. Ed25519, RFC 8032; the operator alone holds the seed. */
export function operatorStatement(command: OperatorCommand): Uint8Array<ArrayBuffer> {
  return statement(
    'hexkey/1 operator',
    utf8(command.origin),
    command.challenge,
    utf8(command.command),
    sha256(command.body),
  );
}

export interface OperatorHeader {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly challenge: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** `v1;PUBLIC_KEY;CHALLENGE;SIGNATURE` */
export function formatOperatorHeader({
  publicKey,
  challenge,
  signature,
}: Readonly<Record<keyof OperatorHeader, Uint8Array>>): string {
  return `v1;${toBase64url(publicKey)};${toBase64url(challenge)};${toBase64url(signature)}`;
}

/** The parts of a header, or null when it is not exactly of the form `formatOperatorHeader` writes. */
export function parseOperatorHeader(text: string): OperatorHeader | null {
  const match = /^v1;([A-Za-z0-9_-]{43});([A-Za-z0-9_-]{75});([A-Za-z0-9_-]{86})$/.exec(text);
  if (match === null) return null;
  try {
    return {
      publicKey: fromBase64url(match[1] as string),
      challenge: fromBase64url(match[2] as string),
      signature: fromBase64url(match[3] as string),
    };
  } catch {
    // Characters and lengths match, so what is left are trailing bits of a second spelling: not our form.
    return null;
  }
}
