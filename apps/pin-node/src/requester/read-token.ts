import { MalformedError, type NodeTokenClaims, openNodeToken, type VerifyEd25519 } from '@hexkey/protocol';
import { NodeRefusal } from '../refusal.ts';

/** A tenant's token key at this node. */
export interface TenantKey {
  readonly tenant: string;
  readonly version: number;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

const rememberedTokens = 4096;

/** Checks tokens; a client uses one token for the three requests of a recover, so the last ones are remembered. */
export function tokenReader(
  tenants: readonly TenantKey[],
  verify: VerifyEd25519,
): (authorization: string) => { token: string; claims: NodeTokenClaims } {
  const opened = new Map<string, NodeTokenClaims>();
  const keyOf = (tenant: string, version: number) =>
    tenants.find((key) => key.tenant === tenant && key.version === version)?.publicKey ?? null;

  return (authorization) => {
    const [scheme, token, ...rest] = authorization.split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0)
      throw new NodeRefusal(401, 'no bearer token');
    let claims = opened.get(token);
    if (claims === undefined) {
      claims = openOrRefuse(token, keyOf, verify);
      if (opened.size >= rememberedTokens) opened.clear();
      opened.set(token, claims);
    }
    return { token, claims };
  };
}

function openOrRefuse(
  token: string,
  keyOf: (tenant: string, version: number) => Uint8Array | null,
  verify: VerifyEd25519,
): NodeTokenClaims {
  try {
    const claims = openNodeToken(token, keyOf, verify);
    if (claims !== null) return claims;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
  }
  throw new NodeRefusal(401, 'the token is not valid');
}
