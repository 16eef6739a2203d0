import { type Agent, request } from 'node:http';
import {
  decodeNodeAnswer,
  encodeNodeRequest,
  formatNodeProof,
  type KeyPair,
  keyPairOfSeed,
  mintNodeToken,
  type NodeAnswer,
  type NodeRequest,
  nodeProofHeader,
  nodeProofStatement,
  Secret,
  signEd25519,
  type TokenBinding,
  toHex,
} from '@hexkey/protocol';
import { systemRandom } from './system.ts';

/** Signs the tokens of every benchmark. */
export const tenant = 'hexkey';
export const tenantKeys = keyPairOfSeed(new Secret(systemRandom(32)));

export function tokenOf(realmId: Uint8Array, userId: string, binding: TokenBinding): string {
  return mintNodeToken(tenantKeys.seed, {
    tenant,
    version: 1,
    userId,
    realmId: toHex(realmId),
    nowMs: Date.now(),
    lifetimeMs: 600_000,
    binding,
  });
}

/** Where and as whom requests are sent. */
export interface Sender {
  readonly agent: Agent;
  readonly address: string;
  readonly realmId: Uint8Array;
  readonly userId: string;
  readonly token: string;
  /** Signs each request, as our own client does; an official client has no key. */
  readonly deviceKeys?: KeyPair;
}

export interface NodeReply {
  readonly status: number;
  /** Null unless the status is 200. */
  readonly answer: NodeAnswer | null;
}

/** A request that is signed and ready to go. @returns what sends it */
export function prepareForNode(sender: Sender, message: NodeRequest): () => Promise<NodeReply> {
  const body = encodeNodeRequest(message);
  const headers = {
    authorization: `Bearer ${sender.token}`,
    'x-juicebox-version': '0.3.7',
    'content-length': body.length,
    ...proofHeader(sender, body),
  };
  return () =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${sender.address}req`, { agent: sender.agent, method: 'POST', headers });
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const status = response.statusCode ?? 0;
          const bytes = Buffer.concat(chunks);
          resolve({ status, answer: status === 200 ? decodeNodeAnswer(bytes, message.kind) : null });
        });
      });
      outgoing.end(body);
    });
}

export function sendToNode(sender: Sender, message: NodeRequest): Promise<NodeReply> {
  return prepareForNode(sender, message)();
}

function proofHeader(sender: Sender, body: Uint8Array): Record<string, string> {
  const { realmId, token, userId, deviceKeys } = sender;
  if (deviceKeys === undefined) return {};
  const proof = { deviceKey: deviceKeys.publicKey, timeMs: Date.now(), nonce: systemRandom(16) };
  const statement = nodeProofStatement({ realmId, token, user: { tenant, userId }, body, ...proof });
  return { [nodeProofHeader]: formatNodeProof({ ...proof, signature: signEd25519(deviceKeys, statement) }) };
}
