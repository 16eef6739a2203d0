import {
  type Clock,
  type KeyPair,
  keyPairOfSeed,
  type Random,
  type Registration,
  Secret,
  toHex,
} from '@hexkey/protocol';
import { type FixedClock, fixedClock, seededRandom } from '@hexkey/testing';
import type { PinStore } from '../records/pin-store.ts';
import { aRegistration } from './a-registration.ts';
import { type NodeNetwork, specifiedLimits, startNodeNetwork } from './node-network.ts';
import { testDevice } from './test-device.ts';
import type { WalletParty } from './wallet-client.ts';
import { walletDevice } from './wallet-device.ts';

/** Five real nodes, an account whose PIN is set at each of them, and its first device. */
export interface WalletNetwork<N = NodeNetwork, C = FixedClock> {
  readonly network: N;
  readonly clock: C;
  readonly random: Random;
  readonly pinAuth: KeyPair;
  readonly phone: WalletParty;
  /** Shows the right PIN at every node; a device that does so first is enrolled from then on. */
  prove(party: WalletParty): Promise<void>;
  /** Another device of the account, which has shown nothing yet. */
  newDevice(): WalletParty;
  /** Sets another PIN at every node. @param next the PIN-auth key of the new record @param handover by the one before */
  changePin(party: WalletParty, next: KeyPair, handover?: Uint8Array): Promise<void>;
}

/** @param count of nodes, 2t-1 @param openStore of each, by its place */
export async function startWalletNetwork(
  seed: string,
  count = 5,
  openStore?: (place: number) => PinStore,
): Promise<WalletNetwork> {
  const clock = fixedClock('2030-01-01');
  const random = seededRandom(seed);
  const network = await startNodeNetwork(
    count,
    { clock, random },
    specifiedLimits,
    1000,
    undefined,
    openStore,
  );
  return walletNetworkOver(network, clock, random);
}

/** The nodes as a device meets them. */
export type WalletNodePlaces = {
  readonly nodes: readonly { readonly realmId: string; readonly address: string }[];
} & Pick<NodeNetwork, 'token' | 'walletNodes'>;

/** The same over nodes that run already, in whatever processes. */
export async function walletNetworkOver<N extends WalletNodePlaces, C extends Clock>(
  network: N,
  clock: C,
  random: Random,
): Promise<WalletNetwork<N, C>> {
  const user = { tenant: 'hexkey', userId: 'alice' };
  let current: Registration = aRegistration(random);
  const pinAuth = keyPairOfSeed(new Secret(random(32)));
  const places = new Map(network.nodes.map(({ realmId }, place) => [realmId, place]));

  function newDevice(signer = pinAuth): WalletParty {
    return {
      device: walletDevice(network, { clock, random }, user.userId),
      user,
      nodes: network.walletNodes,
      placeOf(identifier) {
        const node = network.walletNodes.nodes[identifier - 1];
        return places.get(node?.realmId ?? '') ?? -1;
      },
      pinAuth: signer,
      random,
      now: () => clock.now(),
    };
  }
  const pinDevice = (party: WalletParty, place: number) =>
    testDevice(network, { clock, random }, user.userId, place, party.device.keys);

  async function setPin(party: WalletParty, next: Registration, key: KeyPair, handover?: Uint8Array) {
    for (const place of places.values()) {
      const device = pinDevice(party, place);
      const staged = await device.send({
        kind: 'Stage',
        registration: next,
        nodeSetHash: network.walletNodes.setHash,
        loginKey: null,
        pinAuthKey: key.publicKey,
        ...(handover && { handover }),
      });
      const committed = await device.send({
        kind: 'Commit',
        version: next.version,
        unlockKeyTag: next.unlockKeyTag,
      });
      for (const reply of [staged, committed])
        if (!('outcome' in reply) || reply.outcome !== 'Ok')
          throw new Error(`setting the PIN: ${JSON.stringify(reply)}`);
    }
    current = next;
  }

  const phone = newDevice();
  await setPin(phone, current, pinAuth);
  return {
    network,
    clock,
    random,
    pinAuth,
    phone,
    newDevice,
    async prove(party) {
      for (const place of places.values()) {
        const { version, unlockKeyTag } = current;
        const reply = await pinDevice(party, place).send({ kind: 'Recover3', version, unlockKeyTag });
        if (!('outcome' in reply) || reply.outcome !== 'Ok')
          throw new Error(`showing the PIN at ${toHex(Uint8Array.of(place))}: ${JSON.stringify(reply)}`);
      }
    },
    changePin: (party, next, handover) => setPin(party, aRegistration(random), next, handover),
  };
}
