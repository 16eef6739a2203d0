import { createPublicKey, verify } from 'node:crypto';
import {
  deviceKeyThumbprint,
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  limitsWindowMs,
  Secret,
  toBase64url,
  walletKeyOf,
} from '@hexkey/protocol';
import { solanaMessage, solTransfer } from '@hexkey/testing';
import { recordIdOf } from '../records/record-id.ts';
import { makeWallet, orderFor, Refused, type SignOrder, type WalletParty } from './wallet-client.ts';
import { startWalletNetwork } from './wallet-network.ts';

/** Whom the tests pay. */
export const payee = new Uint8Array(32).fill(3);

export type SigningStory = Awaited<ReturnType<typeof startSigningStory>>;

/** Five nodes and one wallet for all tests of a file: making one is the dearest thing in them. */
export async function startSigningStory(seed: string) {
  const net = await startWalletNetwork(seed);
  const { phone } = net;
  const made = await makeWallet(phone);
  const wallet = walletKeyOf(made.wallet);
  const pays = (lamports: bigint) => solanaMessage(wallet, [solTransfer(wallet, payee, lamports)]);
  const at = (identifier: number) => phone.placeOf(identifier);
  return {
    net,
    phone,
    made,
    wallet,
    pays,
    /** The place of a node by its identifier. */
    at,
    /** Begins a day of its own: what was spent before counts no more. */
    async nextDay() {
      net.clock.advance(limitsWindowMs);
      await net.prove(phone);
    },
    /** 5 lamports by nodes 1, 3 and 5, unless something is changed. */
    order: (changed: Partial<SignOrder> = {}): SignOrder => ({
      message: pays(5n),
      intent: net.random(16),
      attempt: 1,
      nodes: [1, 3, 5],
      expiresAtMs: net.clock.now() + 120_000,
      ...changed,
    }),
    /** What a node really holds. @throws {Error} no wallet */
    async heldAt(identifier: number) {
      const stored = await net.network.nodes[at(identifier)]?.store.read(recordIdOf(phone.user));
      if (stored?.record.wallet.committed == null) throw new Error('the node has no wallet');
      return stored.record.wallet.committed;
    },
    isSignature(message: Uint8Array, signature: Uint8Array): boolean {
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(wallet) };
      return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
    },
    randomKeys: (): KeyPair => keyPairOfSeed(new Secret(net.random(32))),
    /** Has nodes keep something by the owner's order, or a stranger's. @returns the first one's answer */
    async ordered(
      party: WalletParty,
      request: Parameters<typeof orderFor>[1],
      signer?: KeyPair,
      nodes: readonly number[] = [1, 2, 3, 4, 5],
    ) {
      const answers = [];
      for (const identifier of nodes)
        answers.push(
          await party.device.ask(at(identifier), {
            ...request,
            order: orderFor(party, request, signer),
          } as Parameters<WalletParty['device']['ask']>[1]),
        );
      return answers[0];
    },
  };
}

/** What a node refused with, or the error where it was none of its refusals. */
export async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  return error instanceof Refused ? error.answer : error;
}

export const thumbprint = ({ device }: WalletParty) =>
  fromBase64url(deviceKeyThumbprint(device.keys.publicKey));
