import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Keeps what the owner's devices tell each other about their nodes' histories. The server cannot open it; that it gives out the newest is
 * checked by the devices.
 * @throws {DomainError} `InvalidField` for a revision that does not rise
 */
export async function putLogHeads(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
  { replaces, revision, sealed }: BodyOf<typeof routes.putLogHeads>,
): Promise<AnswerOf<typeof routes.putLogHeads>> {
  if (revision <= replaces) throw invalidField('revision', 'must rise');
  const heads = { revision, sealed: readBytes(sealed, 'sealed') };
  return { stored: await stores.logHeads.put(account.id, replaces, heads) };
}
