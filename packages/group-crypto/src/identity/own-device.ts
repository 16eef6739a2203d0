import { equalBytes, type KeyPair, keyPairOfSeed, type Random, Secret, utf8 } from '@hexkey/protocol';
import { GroupCryptoRefusal, type GroupDevice } from '../group-crypto.ts';
import { type GroupChange, type GroupStore, groupTables } from '../store/group-store.ts';

/** The signature key and credential of this device. The private half stays in the store. */
export interface OwnDevice {
  readonly keyPair: KeyPair;
  /** @throws {GroupCryptoRefusal} `no-credential` */
  identity(): Promise<Uint8Array>;
  setIdentity(identity: Uint8Array): Promise<void>;
}

/** Makes the key the first time, and for each login anew: another device of the account has another key and other leaves. */
export async function openOwnDevice(
  store: GroupStore,
  { deviceId }: GroupDevice,
  random: Random,
): Promise<OwnDevice> {
  const keptFor = await store.get('device', 'device-id');
  const isKept = keptFor !== null && equalBytes(keptFor, utf8(deviceId));
  const seed = (isKept ? await store.get('device', 'signature-seed') : null) ?? random(32);
  if (!isKept)
    await store.write([
      ...(await leftByAnother(store)),
      { table: 'device', key: 'device-id', value: utf8(deviceId) },
      { table: 'device', key: 'signature-seed', value: seed },
    ]);
  return {
    keyPair: keyPairOfSeed(new Secret(seed)),
    async identity() {
      const identity = await store.get('device', 'identity');
      if (identity === null) throw new GroupCryptoRefusal('no-credential');
      return identity;
    },
    async setIdentity(identity) {
      await store.write([{ table: 'device', key: 'identity', value: identity }]);
    },
  };
}

/** All but what was received and not yet handed over: those messages are the account's, whichever device read them. */
async function leftByAnother(store: GroupStore): Promise<readonly GroupChange[]> {
  const gone = groupTables.filter((table) => table !== 'inbox' && table !== 'seen');
  const rows = await Promise.all(gone.map((table) => store.list(table)));
  return gone.flatMap((table, index) =>
    (rows[index] ?? []).map(({ key }): GroupChange => ({ table, key, value: null })),
  );
}
