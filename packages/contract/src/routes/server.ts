import { Type } from 'typebox';
import { route } from '../route.ts';
import { BytesUpTo, Ed25519Signature, Exact, TimeMs } from '../schemas.ts';

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
  }),
});

/** The operator-signed node set (docs/protocol/pin-node.md section 1). Clients check the signature themselves. */
export const getNodeSet = route({
  name: 'getNodeSet',
  summary: 'The signed list of PIN nodes',
  method: 'GET',
  path: '/api/v1/node-set',
  access: 'public',
  answer: Exact({ payload: BytesUpTo(16_384), signature: Ed25519Signature }),
});
