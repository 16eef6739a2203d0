import { Type } from 'typebox';
import { Ledger } from '../ledger.ts';
import { route } from '../route.ts';
import {
  Bytes,
  BytesUpTo,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  Nullable,
  RealmId,
  TimeMs,
} from '../schemas.ts';

export const health = route({
  name: 'health',
  summary: 'Whether this instance serves',
  method: 'GET',
  path: '/api/health',
  access: 'public',
  answer: Exact({
    status: Type.Literal('ok'),
    part: Type.Literal('api'),
    version: Type.String(),
    timeMs: TimeMs,
  }),
});

export const serverInfo = route({
  name: 'serverInfo',
  summary: 'What a client must know before its first request',
  method: 'GET',
  path: '/api/v1/server',
  access: 'public',
  answer: Exact({
    version: Type.String(),
    minimumClientVersion: Type.String(),
    timeMs: TimeMs,
    smsAvailable: Type.Boolean(),
    /** Signs the node set. A client without a compiled-in one shows its fingerprint at the first use, and believes it once compared. */
    operatorKey: Ed25519PublicKey,
    /** Signs what Team Hexkey says; believed on the same terms. */
    teamKey: Ed25519PublicKey,
    /** null: this server was not told of one, and there is no wallet. */
    ledger: Nullable(Ledger),
  }),
});

/** The operator-signed node set that new accounts begin with (docs/protocol/pin-node.md section 1). Clients check the signature themselves. */
export const getNodeSet = route({
  name: 'getNodeSet',
  summary: 'The signed list of PIN nodes',
  method: 'GET',
  path: '/api/v1/node-set',
  access: 'public',
  answer: Exact({ payload: BytesUpTo(16_384), signature: Ed25519Signature }),
});

/** Clients follow the chain from the set they know, and verify each link of it (docs/protocol/pin-node.md section 10). */
export const getNodeSets = route({
  name: 'getNodeSets',
  summary: 'The signed lists of PIN nodes, oldest first, and which one the account is on',
  method: 'GET',
  path: '/api/v1/node-sets',
  access: 'session',
  answer: Exact({
    sets: Type.Array(
      Exact({
        payload: BytesUpTo(16_384),
        signature: Ed25519Signature,
        approvals: Type.Array(Exact({ realmId: RealmId, signature: Ed25519Signature })),
      }),
    ),
    /** Hash of the account's set; null before its PIN was prepared. */
    own: Nullable(Bytes(32)),
    /** Hash of the set it came from, while nodes of that one may still have to erase the account's record. */
    leaving: Nullable(Bytes(32)),
  }),
});
