import { toHex } from '@hexkey/protocol';
import type { KeyPackage, PrivateKeyPackage, Welcome } from 'ts-mls';
import type { Deps } from '../deps.ts';
import { keyPackageLifetimeSeconds } from '../mls/limits.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { rowBytes, rowOf } from '../state/row-codec.ts';
import type { GroupChange } from '../store/group-store.ts';
import { makeKeyPackage, type OwnKeyPackage } from './make-key-package.ts';

interface KeyPackageRow {
  readonly bytes: Uint8Array;
  readonly initPrivateKey: Uint8Array;
  readonly hpkePrivateKey: Uint8Array;
  readonly isLastResort: boolean;
  readonly madeAtMs: number;
}

/** A welcome may wait 30 days for a device, made with a KeyPackage on its last of 28. */
const keptMs = (keyPackageLifetimeSeconds + 31 * 86_400) * 1000;

/** The server may still hand out the one before while the new one is on its way. */
const keptLastResorts = 2;

export async function makeKeyPackages(deps: Deps, count: number): Promise<readonly Uint8Array[]> {
  if (!Number.isInteger(count) || count < 0 || count > 100) throw new RangeError('0 to 100 KeyPackages');
  const made: OwnKeyPackage[] = [];
  for (let index = 0; index < count; index += 1) made.push(await makeKeyPackage(deps, false));
  await deps.store.write([...(await outdated(deps)), ...made.map((one) => rowChange(deps, one, false))]);
  return made.map(({ bytes }) => bytes);
}

export async function makeLastResort(deps: Deps): Promise<Uint8Array> {
  const made = await makeKeyPackage(deps, true);
  const before = (await deps.store.list('key-packages'))
    .map(({ key, value }) => ({ key, row: rowOf<KeyPackageRow>(value) }))
    .filter(({ row }) => row.isLastResort)
    .sort((left, right) => right.row.madeAtMs - left.row.madeAtMs)
    .slice(keptLastResorts - 1);
  await deps.store.write([...before.map(({ key }) => drop(key)), rowChange(deps, made, true)]);
  return made.bytes;
}

/** The KeyPackage a welcome was made for. */
export interface FoundKeyPackage {
  readonly keyPackage: KeyPackage;
  readonly privateKeys: PrivateKeyPackage;
  /** To be written together with what the welcome gives: one of last resort stays. */
  readonly used: readonly GroupChange[];
}

export async function findKeyPackage(deps: Deps, welcome: Welcome): Promise<FoundKeyPackage | null> {
  for (const { newMember } of welcome.secrets) {
    const reference = toHex(newMember);
    const value = await deps.store.get('key-packages', reference);
    if (value === null) continue;
    const { bytes, initPrivateKey, hpkePrivateKey, isLastResort } = rowOf<KeyPackageRow>(value);
    const message = readMessage(bytes, 'mls_key_package');
    if (message === null) throw new Error('a kept KeyPackage cannot be read');
    const signaturePrivateKey = deps.own.keyPair.seed.reveal();
    return {
      keyPackage: message.keyPackage,
      privateKeys: { initPrivateKey, hpkePrivateKey, signaturePrivateKey },
      used: isLastResort ? [] : [drop(reference)],
    };
  }
  return null;
}

const drop = (key: string): GroupChange => ({ table: 'key-packages', key, value: null });

function rowChange({ clock }: Deps, made: OwnKeyPackage, isLastResort: boolean): GroupChange {
  const { initPrivateKey, hpkePrivateKey } = made.privatePackage;
  const row: KeyPackageRow = {
    bytes: made.bytes,
    initPrivateKey,
    hpkePrivateKey,
    isLastResort,
    madeAtMs: clock.now(),
  };
  return { table: 'key-packages', key: made.reference, value: rowBytes(row) };
}

async function outdated({ store, clock }: Deps): Promise<readonly GroupChange[]> {
  return (await store.list('key-packages'))
    .filter(({ value }) => rowOf<KeyPackageRow>(value).madeAtMs < clock.now() - keptMs)
    .map(({ key }) => drop(key));
}
