import {
  type Clock,
  decodeNodeAnswer,
  encodeNodeRequest,
  formatLoginProof,
  formatNodeProof,
  formatNodeUser,
  fromHex,
  type KeyPair,
  keyPairOfSeed,
  loginProofHeader,
  type NodeAnswer,
  type NodeRequest,
  nodeProofHeader,
  nodeProofStatement,
  nodeUserHeader,
  type Random,
  Secret,
  signEd25519,
  type TokenBinding,
} from '@hexkey/protocol';
import type { NodeNetwork } from './node-network.ts';

/** What came back: an answer, or a refusal's status and text. */
export type Reply =
  | NodeAnswer
  | { readonly refused: number; readonly text: string; readonly retryAfter: string | null };

export interface SendOptions {
  /** Without a token: the exit that works with the account server down. */
  readonly tokenless?: boolean;
  /** What the token is bound to, instead of this device's key. */
  readonly binding?: TokenBinding;
  readonly loginKeys?: KeyPair;
  readonly timeMs?: number;
  readonly nonce?: Uint8Array;
  /** Replaces headers after signing; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Replaces the body after signing. */
  readonly body?: Uint8Array;
}

/** A device of one account that speaks to nodes as our client does: a token and a signature with each request. */
export interface TestDevice {
  readonly keys: KeyPair;
  send(request: NodeRequest, options?: SendOptions): Promise<Reply>;
}

export function testDevice(
  network: {
    readonly nodes: readonly { readonly realmId: string; readonly address: string }[];
  } & Pick<NodeNetwork, 'token'>,
  deps: { readonly clock: Clock; readonly random: Random },
  userId = 'alice',
  nodeIndex = 0,
  keys = keyPairOfSeed(new Secret(deps.random(32))),
): TestDevice {
  const node = network.nodes[nodeIndex];
  if (node === undefined) throw new Error('the network has no such node');
  const user = { tenant: 'hexkey', userId };
  return {
    keys,
    async send(request, options = {}) {
      const body = encodeNodeRequest(request);
      const token =
        options.tokenless === true
          ? null
          : network.token(node.realmId, userId, options.binding ?? { deviceKey: keys.publicKey });
      const proof = {
        deviceKey: keys.publicKey,
        timeMs: options.timeMs ?? deps.clock.now(),
        nonce: options.nonce ?? deps.random(16),
      };
      const statement = nodeProofStatement({ realmId: fromHex(node.realmId), token, user, body, ...proof });
      const headers: Record<string, string | undefined> = {
        [nodeProofHeader]: formatNodeProof({ ...proof, signature: signEd25519(keys, statement) }),
        ...(token === null
          ? { [nodeUserHeader]: formatNodeUser(user) }
          : { authorization: `Bearer ${token}` }),
        ...(options.loginKeys && {
          [loginProofHeader]: formatLoginProof({
            loginKey: options.loginKeys.publicKey,
            signature: signEd25519(options.loginKeys, statement),
          }),
        }),
        ...options.headers,
      };
      return post(`${node.address}req`, request.kind, options.body ?? body, headers);
    },
  };
}

async function post(
  url: string,
  kind: NodeRequest['kind'],
  body: Uint8Array,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Reply> {
  const present = Object.entries(headers).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const response = await fetch(url, { method: 'POST', headers: present, body: Uint8Array.from(body) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status === 200) return decodeNodeAnswer(bytes, kind);
  return {
    refused: response.status,
    text: Buffer.from(bytes).toString(),
    retryAfter: response.headers.get('retry-after'),
  };
}
