import type { IncomingHttpHeaders } from 'node:http';
import {
  deviceKeyThumbprint,
  loginProofHeader,
  MalformedError,
  maxProofSkewMs,
  type NodeTokenClaims,
  type NodeUser,
  nodeProofHeader,
  nodeProofStatement,
  nodeTokenApplies,
  nodeUserHeader,
  parseLoginProof,
  parseNodeProof,
  parseNodeUser,
  toBase64url,
  toHex,
  type VerifyEd25519,
} from '@hexkey/protocol';
import { NodeRefusal } from '../refusal.ts';
import type { tokenReader } from './read-token.ts';
import type { Requester } from './requester.ts';
import type { SeenNonces } from './seen-nonces.ts';

export interface IdentifyDeps {
  readonly realmId: Uint8Array;
  readonly readToken: ReturnType<typeof tokenReader>;
  readonly verify: VerifyEd25519;
  readonly nonces: SeenNonces;
  /** Apart, because anybody can make a key and sign: only the record tells whether it is enrolled. */
  readonly tokenlessNonces: SeenNonces;
}

/**
 * Who sent this request. Checks in the order of the realm protocol: the token's signature, the version of the client,
 * the token's claims; then the device proof, which also covers the body.
 * @throws {NodeRefusal} 401, 426
 */
export function identifyRequester(
  deps: IdentifyDeps,
  request: { readonly headers: IncomingHttpHeaders; readonly body: Uint8Array; readonly nowMs: number },
): Requester {
  const { headers, nowMs } = request;
  const bearer = headers.authorization === undefined ? null : deps.readToken(headers.authorization);
  const proofText = headerText(headers, nodeProofHeader);
  if (bearer === null && proofText === null) throw new NodeRefusal(401, 'no bearer token');
  checkClientVersion(headers, proofText !== null);
  if (bearer !== null && !nodeTokenApplies(bearer.claims, toHex(deps.realmId), nowMs))
    throw new NodeRefusal(401, 'the token is not valid here and now');

  if (bearer !== null && bearer.claims.deviceThumbprint === null) {
    // A proof under a token that names no device would be a key of anybody's choice.
    if (proofText !== null) throw new NodeRefusal(401, 'the token names no device');
    // Tokens of other issuers name no session: all of an account's together count as one.
    return {
      kind: 'session',
      user: userOf(bearer.claims),
      hasToken: true,
      sessionId: bearer.claims.sessionId ?? '',
    };
  }
  if (proofText === null) throw new NodeRefusal(401, 'a device proof is needed');
  return identifyDevice(deps, request, proofText, bearer);
}

function identifyDevice(
  deps: IdentifyDeps,
  request: { readonly headers: IncomingHttpHeaders; readonly body: Uint8Array; readonly nowMs: number },
  proofText: string,
  bearer: { readonly token: string; readonly claims: NodeTokenClaims } | null,
): Requester {
  const { headers, body, nowMs } = request;
  const proof = parsedOr401(() => parseNodeProof(proofText));
  const user = bearer === null ? tokenlessUser(headers) : userOf(bearer.claims);
  if (bearer !== null && deviceKeyThumbprint(proof.deviceKey) !== bearer.claims.deviceThumbprint)
    throw new NodeRefusal(401, 'the token belongs to another device');
  if (Math.abs(proof.timeMs - nowMs) > maxProofSkewMs)
    throw new NodeRefusal(401, 'the time of the proof is off');

  const statement = nodeProofStatement({
    realmId: deps.realmId,
    token: bearer?.token ?? null,
    user,
    body,
    timeMs: proof.timeMs,
    nonce: proof.nonce,
    deviceKey: proof.deviceKey,
  });
  if (!deps.verify(proof.deviceKey, statement, proof.signature))
    throw new NodeRefusal(401, 'the proof does not hold');
  const loginKey = provenLoginKey(deps, headers, statement);
  const nonces = bearer === null ? deps.tokenlessNonces : deps.nonces;
  if (!nonces.add(toBase64url(proof.deviceKey), toBase64url(proof.nonce), nowMs))
    throw new NodeRefusal(401, 'the proof was used before');
  return { kind: 'device', user, hasToken: bearer !== null, deviceKey: proof.deviceKey, loginKey };
}

function provenLoginKey(
  deps: IdentifyDeps,
  headers: IncomingHttpHeaders,
  statement: Uint8Array,
): Uint8Array | null {
  const text = headerText(headers, loginProofHeader);
  if (text === null) return null;
  const proof = parsedOr401(() => parseLoginProof(text));
  if (!deps.verify(proof.loginKey, statement, proof.signature))
    throw new NodeRefusal(401, 'the login proof does not hold');
  return proof.loginKey;
}

/** Juicebox clients from 0.2.0 on; our own client is known by its proof and need not pretend to be one. */
function checkClientVersion(headers: IncomingHttpHeaders, hasProof: boolean): void {
  const text = headerText(headers, 'x-juicebox-version');
  if (text === null && hasProof) return;
  const [, major, minor] = /^([0-9]{1,5})\.([0-9]{1,5})\.[0-9A-Za-z.+-]{1,32}$/.exec(text ?? '') ?? [];
  if (major === undefined || (Number(major) === 0 && Number(minor) < 2))
    throw new NodeRefusal(426, 'a newer client is needed');
}

function userOf(claims: NodeTokenClaims): NodeUser {
  return { tenant: claims.tenant, userId: claims.userId };
}

function tokenlessUser(headers: IncomingHttpHeaders): NodeUser {
  const text = headerText(headers, nodeUserHeader);
  if (text === null) throw new NodeRefusal(401, 'no bearer token');
  return parsedOr401(() => parseNodeUser(text));
}

function headerText(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

function parsedOr401<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(401, 'the proof is malformed');
    throw error;
  }
}
