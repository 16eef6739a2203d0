import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { verifyEd25519 } from '../account/ed25519.ts';
import { textOf, utf8 } from '../encoding/bytes.ts';
import type { Secret } from '../encoding/secret.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';

/** How a signature is checked: `verifyEd25519`, or the platform's faster equal. */
export type VerifyEd25519 = typeof verifyEd25519;

/** Who a token speaks for: a device that must also sign each request, or a session of an official client. */
export type TokenBinding = { readonly deviceKey: Uint8Array } | { readonly sessionId: string };

/** A token's content after its signature was checked. Times in seconds since the epoch (RFC 7519). */
export interface NodeTokenClaims {
  readonly tenant: string;
  readonly userId: string;
  readonly audience: string;
  readonly notBefore: number;
  readonly expires: number;
  /** Thumbprint of the device key that must sign the request (RFC 7800 `cnf`), or null. */
  readonly deviceThumbprint: string | null;
  readonly sessionId: string | null;
}

export const maxTokenLifetimeMs = 10 * 60_000;
const maxTokenCharacters = 1000;
const leewaySeconds = 5;

/**
 * Mints a token for one account at one node (docs/protocol/pin-node.md section 2).
 *
 * @param tenantSecret Ed25519 seed, 32 bytes; known to the account server only
 * @param grant.tenant issuer; `grant.version` numbers the tenant's key at the nodes
 * @param grant.realmId 32 lower-case hexadecimal digits
 * @param grant.lifetimeMs at most ten minutes
 */
export function mintNodeToken(
  tenantSecret: Secret<Uint8Array>,
  grant: {
    readonly tenant: string;
    readonly version: number;
    readonly userId: string;
    readonly realmId: string;
    readonly nowMs: number;
    readonly lifetimeMs: number;
    readonly binding: TokenBinding;
  },
): string {
  if (!(grant.lifetimeMs > 0 && grant.lifetimeMs <= maxTokenLifetimeMs))
    throw new RangeError('a node token lives at most ten minutes');
  const now = Math.floor(grant.nowMs / 1000);
  const header = { alg: 'EdDSA', kid: `${grant.tenant}:${grant.version}`, typ: 'JWT' };
  const claims = {
    iss: grant.tenant,
    sub: grant.userId,
    aud: grant.realmId,
    nbf: now,
    exp: now + Math.floor(grant.lifetimeMs / 1000),
    scope: 'user',
    ...('deviceKey' in grant.binding
      ? { cnf: { jkt: deviceKeyThumbprint(grant.binding.deviceKey) } }
      : { sid: grant.binding.sessionId }),
  };
  const signed = `${base64urlJson(header)}.${base64urlJson(claims)}`;
  return `${signed}.${toBase64url(ed25519.sign(utf8(signed), tenantSecret.reveal()))}`;
}

/**
 * Checks form and signature, not time and audience: those change between two uses of one token.
 *
 * @param keyOf the tenant's Ed25519 public key of that version, or null
 * @returns null for a wrong signature or an unknown key
 * @throws {MalformedError}
 */
export function openNodeToken(
  token: string,
  keyOf: (tenant: string, version: number) => Uint8Array | null,
  verify: VerifyEd25519,
): NodeTokenClaims | null {
  const [headerText, claimsText, signatureText, ...rest] =
    token.length <= maxTokenCharacters ? token.split('.') : [];
  if (headerText === undefined || claimsText === undefined || signatureText === undefined || rest.length > 0)
    throw new MalformedError('token: form');
  const header = jsonObject(headerText);
  const [, tenant, version] =
    /^((?:test-)?[a-zA-Z0-9]{1,64}):(0|[1-9][0-9]{0,14})$/.exec(textIn(header, 'kid')) ?? [];
  if (header.alg !== 'EdDSA' || tenant === undefined || version === undefined)
    throw new MalformedError('token: header');
  const key = keyOf(tenant, Number(version));
  if (key === null || !verify(key, utf8(`${headerText}.${claimsText}`), bytesOf(signatureText))) return null;
  return readClaims(jsonObject(claimsText), tenant);
}

/** Whether a token may be used now, at this node. Leeway 5 s, as in Juicebox. */
export function nodeTokenApplies(claims: NodeTokenClaims, realmId: string, nowMs: number): boolean {
  const now = nowMs / 1000;
  return (
    claims.audience === realmId &&
    claims.notBefore <= now + leewaySeconds &&
    claims.expires > now - leewaySeconds &&
    claims.expires <= now + maxTokenLifetimeMs / 1000 + leewaySeconds
  );
}

/** RFC 7638 thumbprint of an Ed25519 public key (members in the order of RFC 8037 appendix A.3). */
export function deviceKeyThumbprint(deviceKey: Uint8Array): string {
  return toBase64url(sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${toBase64url(deviceKey)}"}`)));
}

function readClaims(claims: Readonly<Record<string, unknown>>, tenant: string): NodeTokenClaims {
  const issuer = textIn(claims, 'iss');
  const userId = textIn(claims, 'sub');
  if (issuer !== tenant || !/^[\x21-\x3a\x3c-\x7e]{1,128}$/.test(userId))
    throw new MalformedError('token: subject');
  if (claims.scope !== undefined && claims.scope !== 'user') throw new MalformedError('token: scope');
  const confirmation = claims.cnf;
  const sessionId = claims.sid === undefined ? null : textIn(claims, 'sid');
  if (sessionId !== null && !/^[\x21-\x7e]{1,128}$/.test(sessionId)) throw new MalformedError('token: sid');
  return {
    tenant,
    userId,
    audience: textIn(claims, 'aud'),
    notBefore: secondsIn(claims, 'nbf'),
    expires: secondsIn(claims, 'exp'),
    deviceThumbprint: confirmation === undefined ? null : textIn(recordOf(confirmation), 'jkt'),
    sessionId,
  };
}

function base64urlJson(value: object): string {
  return toBase64url(utf8(JSON.stringify(value)));
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  const bytes = bytesOf(text);
  try {
    return recordOf(JSON.parse(textOf(bytes)));
  } catch {
    throw new MalformedError('token: not JSON');
  }
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    throw new MalformedError('token: not base64url');
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new MalformedError('token: object');
  return value as Readonly<Record<string, unknown>>;
}

function textIn(record: Readonly<Record<string, unknown>>, name: string): string {
  const text = record[name];
  if (typeof text !== 'string' || text === '') throw new MalformedError(`token: ${name}`);
  return text;
}

function secondsIn(record: Readonly<Record<string, unknown>>, name: string): number {
  const seconds = record[name];
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0)
    throw new MalformedError(`token: ${name}`);
  return seconds;
}
