import { ed25519_FROST } from '@noble/curves/ed25519.js';

/** The library's form of an identifier: the scalar in hexadecimal. RFC 9591 section 4 numbers participants from 1. */
export function frostIdentifier(identifier: number): string {
  return ed25519_FROST.Identifier.fromNumber(identifier);
}

/** A number from the library's form, for identifiers that `frostIdentifier` made. */
export function identifierNumber(identifier: string): number {
  return Number.parseInt(identifier.slice(0, 2), 16);
}
