import { type AnswerOf, type BodyOf, keyPackageLimits, type routes } from '@hexkey/contract';
import { readKeyPackage } from '@hexkey/group-crypto/inspect';
import { verifyCredential } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { newUuid } from '../identifiers.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** RFC 9420 section 16.8 wants them short-lived; clients make theirs valid for as long. */
const keptForMs = 28 * 24 * 60 * 60_000;

/**
 * Keeps what others add this device with. Whoever claims one checks it; the server refuses what is not of this very device.
 * @throws {DomainError} `InvalidField` (keyPackages, lastResort)
 */
export async function publishKeyPackages(
  { clock, random, transact }: Pick<Deps, 'clock' | 'random' | 'transact'>,
  caller: Caller,
  body: BodyOf<typeof routes.publishKeyPackages>,
): Promise<AnswerOf<typeof routes.publishKeyPackages>> {
  const nowMs = clock.now();
  const row = (keyPackage: Uint8Array, isLastResort: boolean) => ({
    id: newUuid(random),
    account_id: caller.account.id,
    device_id: caller.session.id,
    key_package: keyPackage,
    is_last_resort: isLastResort,
    expires_at_ms: nowMs + keptForMs,
  });
  const once = body.keyPackages.map((text) => row(ownPackage(text, 'keyPackages', caller), false));
  const last = body.lastResort === null ? null : row(ownPackage(body.lastResort, 'lastResort', caller), true);
  return await transact(async (stores) => {
    if (last !== null) await stores.keyPackages.dropLastResort(caller.session.id);
    await stores.keyPackages.add(last === null ? once : [...once, last]);
    await stores.keyPackages.keepNewest(caller.session.id, keyPackageLimits.kept);
    return { left: await stores.keyPackages.count(caller.session.id, nowMs) };
  });
}

function ownPackage(text: string, field: string, { account, session }: Caller): Uint8Array {
  const bytes = readBytes(text, field);
  const summary = readKeyPackage(bytes);
  if (summary === null) throw invalidField(field, 'no key package of this cipher suite');
  const credential = verifyCredential(summary.identity, summary.signatureKey);
  if (credential?.accountId !== account.id || credential.deviceId !== session.id)
    throw invalidField(field, 'not of this device');
  return bytes;
}
