import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';

/** Header names, lower case (docs/protocol/pin-node.md section 3). */
export const nodeProofHeader = 'x-hexkey-proof';
export const loginProofHeader = 'x-hexkey-login-proof';
export const nodeUserHeader = 'x-hexkey-user';

/** A device's signature over one request. A node accepts it once, within `maxProofSkewMs` of its clock. */
export interface NodeProof {
  readonly deviceKey: Uint8Array;
  readonly timeMs: number;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

/** A second signature over the same statement by the account's login key: the words are at hand. */
export interface LoginProof {
  readonly loginKey: Uint8Array;
  readonly signature: Uint8Array;
}

export interface NodeUser {
  readonly tenant: string;
  /** Account UUID. */
  readonly userId: string;
}

export const maxProofSkewMs = 5 * 60_000;
export const proofNonceBytes = 16;

/** What both signatures sign: one request to one node, by one device, for one account. */
export function nodeProofStatement(request: {
  readonly realmId: Uint8Array;
  /** The bearer token of the request, or null. */
  readonly token: string | null;
  readonly user: NodeUser;
  readonly body: Uint8Array;
  readonly timeMs: number;
  readonly nonce: Uint8Array;
  readonly deviceKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return concatBytes(
    lengthPrefixed(utf8('hexkey/1 node-proof')),
    lengthPrefixed(request.realmId),
    lengthPrefixed(sha256(utf8(request.token ?? ''))),
    lengthPrefixed(utf8(formatNodeUser(request.user))),
    lengthPrefixed(sha256(request.body)),
    uint64(request.timeMs),
    lengthPrefixed(request.nonce),
    lengthPrefixed(request.deviceKey),
  );
}

export function formatNodeProof(proof: NodeProof): string {
  return [
    'v1',
    toBase64url(proof.deviceKey),
    proof.timeMs,
    toBase64url(proof.nonce),
    toBase64url(proof.signature),
  ].join(';');
}

/** @throws {MalformedError} */
export function parseNodeProof(header: string): NodeProof {
  const [deviceKey, time, nonce, signature] = fieldsOf(header, 4);
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(time ?? '')) throw new MalformedError('proof: time');
  return {
    deviceKey: bytesOf(deviceKey, 32),
    timeMs: Number(time),
    nonce: bytesOf(nonce, proofNonceBytes),
    signature: bytesOf(signature, 64),
  };
}

export function formatLoginProof(proof: LoginProof): string {
  return `v1;${toBase64url(proof.loginKey)};${toBase64url(proof.signature)}`;
}

/** @throws {MalformedError} */
export function parseLoginProof(header: string): LoginProof {
  const [loginKey, signature] = fieldsOf(header, 2);
  return { loginKey: bytesOf(loginKey, 32), signature: bytesOf(signature, 64) };
}

export function formatNodeUser(user: NodeUser): string {
  return `${user.tenant};${user.userId}`;
}

/** @throws {MalformedError} */
export function parseNodeUser(header: string): NodeUser {
  const [, tenant, userId] =
    /^((?:test-)?[a-zA-Z0-9]{1,64});([\x21-\x3a\x3c-\x7e]{1,128})$/.exec(header) ?? [];
  if (tenant === undefined || userId === undefined) throw new MalformedError('user');
  return { tenant, userId };
}

function fieldsOf(header: string, count: number): readonly string[] {
  const [version, ...fields] = header.split(';');
  if (version !== 'v1' || fields.length !== count) throw new MalformedError('proof: not version 1');
  return fields;
}

function bytesOf(text: string | undefined, lengthBytes: number): Uint8Array {
  try {
    const bytes = fromBase64url(text ?? '');
    if (bytes.length === lengthBytes) return bytes;
  } catch {
    // Falls through to the one refusal below: a bad alphabet and a bad length are the same fault.
  }
  throw new MalformedError('proof: field');
}
