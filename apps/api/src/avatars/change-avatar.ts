import { createHash } from 'node:crypto';
import { avatarLimitBytes } from '@hexkey/contract';
import { statement, toBase64url, utf8 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { mediaTypeOf } from './media-type.ts';

/** Replaces the account's picture. @throws {DomainError} `InvalidField` (image), `TooMany` */
export async function putAvatar(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  { account }: Caller,
  text: string,
): Promise<{ avatarId: string }> {
  const image = readBytes(text, 'image');
  if (image.length > avatarLimitBytes) throw invalidField('image', 'is too large');
  const mediaType = mediaTypeOf(image);
  if (mediaType === null) throw invalidField('image', 'is no PNG, JPEG or WebP');
  const id = avatarIdOf(account.id, image);
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'avatarsPerAccount', accountSubject(deps.keys, account.id));
    await stores.avatars.replace({ account_id: account.id, id, media_type: mediaType, image });
  });
  return { avatarId: toBase64url(id) };
}

export function removeAvatar({ stores }: Pick<Deps, 'stores'>, { account }: Caller): Promise<void> {
  return stores.avatars.drop(account.id);
}

/** With the account in it, so that two people with one picture have two ids (docs/protocol/account-api.md section 9). */
function avatarIdOf(accountId: string, image: Uint8Array): Uint8Array {
  const named = statement('hexkey/1 avatar', utf8(accountId), image);
  return Uint8Array.from(createHash('sha256').update(named).digest());
}
