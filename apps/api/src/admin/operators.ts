import type { AdminAnswer, AdminInput } from '@hexkey/contract';
import { isUsablePublicKey, toBase64url } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import { invalidField, readBytes } from '../field-bytes.ts';

type Keys = Pick<Stores, 'namedKeys'>;

export async function listOperators({ namedKeys }: Keys): Promise<AdminAnswer<'listOperators'>> {
  const operators = (await namedKeys.list()).map(({ name, public_key, added_at_ms, removed_at_ms }) => ({
    name,
    publicKey: toBase64url(public_key),
    addedAtMs: added_at_ms,
    removedAtMs: removed_at_ms,
  }));
  return { operators };
}

/**
 * Lets a key ask over a network. What is so already stays so. Neither a name nor a key is taken up again after its removal: what the trail
 * says of them would then be of two people, and a key that was taken away would be back.
 * @throws {DomainError} `InvalidField` for a name or key that was added before, or a key under which anybody could sign
 */
export async function addOperator(
  { namedKeys }: Keys,
  { name, publicKey }: AdminInput<'addOperator'>,
  nowMs: number,
): Promise<void> {
  const key = readBytes(publicKey, 'publicKey');
  if (!isUsablePublicKey(key)) throw invalidField('publicKey', 'is no Ed25519 key');
  if (await namedKeys.add(name, key, nowMs)) return;
  const there = await namedKeys.ofName(name);
  if (there === null) throw invalidField('publicKey', 'has another name, or had one');
  if (there.removed_at_ms !== null || toBase64url(there.public_key) !== publicKey)
    throw invalidField('name', 'was given to another key: a name is given once');
}

/** @throws {DomainError} `InvalidField` for a name that no key has or had */
export async function removeOperator({ namedKeys }: Keys, name: string, nowMs: number): Promise<void> {
  if ((await namedKeys.ofName(name)) === null) throw invalidField('name', 'no key has it');
  await namedKeys.remove(name, nowMs);
}
