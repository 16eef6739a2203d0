import { DomainError } from '@hexkey/contract';
import { openSeal, Secret, seal, textOf, utf8 } from '@hexkey/protocol';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Deps } from '../deps.ts';
import { keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';

/** Checks a number against its country's plan. @throws {DomainError} `InvalidPhoneNumber` */
export function readPhone(text: string): Secret<string> {
  const number = parsePhoneNumberFromString(text);
  if (number === undefined || !number.isValid() || number.number !== text)
    throw new DomainError('InvalidPhoneNumber', {});
  return new Secret(text);
}

/** What a number is found by. Without the lookup key it cannot be searched, though numbers are few. */
export function phoneHash({ lookup }: Pick<ServerKeys, 'lookup'>, phone: Secret<string>): Uint8Array {
  return keyedHash(lookup, 'phone', phone.reveal());
}

/** @param rowId id of the one row the sealed number belongs to; it does not open in another */
export function sealPhone(
  { keys, random }: Pick<Deps, 'keys' | 'random'>,
  rowId: string,
  phone: Secret<string>,
): Uint8Array {
  return seal(keys.phone, purposeOf(rowId), new Secret(utf8(phone.reveal())), random);
}

export function openPhone(
  keys: Pick<ServerKeys, 'phone'>,
  rowId: string,
  sealed: Uint8Array,
): Secret<string> {
  const plain = openSeal(keys.phone, purposeOf(rowId), sealed);
  if (plain === null)
    throw new Error('a stored phone number does not open: wrong key file for this database?');
  return new Secret(textOf(plain.reveal()));
}

/** All but the last three digits hidden. */
export function maskPhone(phone: Secret<string>): string {
  const digits = phone.reveal().slice(1);
  return `+${'•'.repeat(digits.length - 3)}${digits.slice(-3)}`;
}

const purposeOf = (rowId: string) => ({ label: 'phone', accountId: rowId, epoch: 1 });
