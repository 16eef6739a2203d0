import {
  type Clock,
  decodeWalletAnswer,
  encodeWalletRequest,
  formatNodeProof,
  formatNodeUser,
  fromHex,
  type KeyPair,
  keyPairOfSeed,
  nodeProofHeader,
  nodeProofStatement,
  nodeUserHeader,
  type Random,
  Secret,
  signEd25519,
  type WalletAnswer,
  type WalletAnswerTo,
  type WalletRequest,
} from '@hexkey/protocol';
import type { NodeNetwork } from './node-network.ts';

/** A device of one account that asks every node of a network about its wallet. */
export interface WalletDevice {
  readonly keys: KeyPair;
  /** @param node place in the network, from 0 @throws {Error} with the status for a refusal that is no answer */
  ask<R extends WalletRequest>(
    node: number,
    request: R,
    options?: { readonly tokenless?: boolean },
  ): Promise<WalletAnswerTo<R['kind']>>;
}

/** @param addressOf of a node, where it is not the network's own */
export function walletDevice(
  network: {
    readonly nodes: readonly { readonly realmId: string; readonly address: string }[];
  } & Pick<NodeNetwork, 'token'>,
  deps: { readonly clock: Clock; readonly random: Random },
  userId: string,
  keys = keyPairOfSeed(new Secret(deps.random(32))),
): WalletDevice {
  const user = { tenant: 'hexkey', userId };
  async function ask(
    place: number,
    request: WalletRequest,
    { tokenless = false }: { readonly tokenless?: boolean } = {},
  ): Promise<WalletAnswer> {
    const node = network.nodes[place];
    if (node === undefined) throw new Error('the network has no such node');
    const body = encodeWalletRequest(request);
    const token = tokenless ? null : network.token(node.realmId, userId, { deviceKey: keys.publicKey });
    const proof = { deviceKey: keys.publicKey, timeMs: deps.clock.now(), nonce: deps.random(16) };
    const statement = nodeProofStatement({ realmId: fromHex(node.realmId), token, user, body, ...proof });
    const response = await fetch(`${node.address}wallet`, {
      method: 'POST',
      headers: {
        [nodeProofHeader]: formatNodeProof({ ...proof, signature: signEd25519(keys, statement) }),
        ...(token === null
          ? { [nodeUserHeader]: formatNodeUser(user) }
          : { authorization: `Bearer ${token}` }),
      },
      body,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status !== 200) throw new Error(`${response.status} ${Buffer.from(bytes)}`.trim());
    return decodeWalletAnswer(bytes, request.kind);
  }
  // The answer is to the kind that was sent; the compiler cannot follow a union through a type parameter.
  return { keys, ask: ask as WalletDevice['ask'] };
}
