import { utf8 } from '../encoding/bytes.ts';
import { byteSequence, contentDigest, parseByteSequence } from './content-digest.ts';
import { pinAuthField } from './pin-auth.ts';

/** A request as the signature sees it: the parts that say what is asked for. */
export interface SignableRequest {
  /** Upper case. */
  readonly method: string;
  /** As sent, percent-encoding untouched. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  readonly body: Uint8Array;
  /** Value of `Hexkey-Pin-Auth`, when the request carries one. */
  readonly pinAuth: string | null;
}

export interface SignatureParameters {
  /** Seconds since the Unix epoch. */
  readonly createdS: number;
  /** 16 random bytes as unpadded base64url. */
  readonly nonce: string;
  /** UUID text of the session whose device key signs. */
  readonly sessionId: string;
}

/**
 * The bytes an Ed25519 device key signs: RFC 9421 section 2.5 with the fixed components of
 * docs/protocol/account-api.md section 1. A verifier rebuilds it from the request and never parses a caller's choice.
 */
export function requestSignatureBase(
  request: SignableRequest,
  parameters: SignatureParameters,
): Uint8Array<ArrayBuffer> {
  return signatureBase(
    [
      ['@method', request.method],
      ['@path', request.path],
      ['@query', `?${request.query}`],
      ['content-digest', contentDigest(request.body)],
      ...(request.pinAuth === null ? [] : [[pinAuthField, request.pinAuth] as const]),
    ],
    signatureParams(parameters, request.pinAuth !== null),
  );
}

/** The headers of a signed request. */
export function requestSignatureHeaders(
  request: SignableRequest,
  parameters: SignatureParameters,
  signature: Uint8Array,
): Record<'content-digest' | 'signature-input' | 'signature', string> {
  return {
    'content-digest': contentDigest(request.body),
    'signature-input': `hexkey=${signatureParams(parameters, request.pinAuth !== null)}`,
    signature: `hexkey=${byteSequence(signature)}`,
  };
}

/**
 * Reads `Signature-Input` and `Signature`; null unless both are written exactly as `requestSignatureHeaders` does.
 * @param withPinAuth whether the request carries `Hexkey-Pin-Auth`, which must then be covered
 */
export function parseSignatureHeaders(
  signatureInput: string,
  signature: string,
  withPinAuth: boolean,
): { readonly parameters: SignatureParameters; readonly signature: Uint8Array<ArrayBuffer> } | null {
  const found =
    /;created=([1-9][0-9]{0,11});nonce="([A-Za-z0-9_-]{22})";alg="ed25519";keyid="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"$/.exec(
      signatureInput,
    );
  if (found === null || !signature.startsWith('hexkey=')) return null;
  const [, created, nonce, sessionId] = found as unknown as [string, string, string, string];
  const parameters = { createdS: Number(created), nonce, sessionId };
  if (signatureInput !== `hexkey=${signatureParams(parameters, withPinAuth)}`) return null;
  const bytes = parseByteSequence(signature.slice('hexkey='.length));
  return bytes?.length === 64 ? { parameters, signature: bytes } : null;
}

/** A signature base from component values in order. RFC 9421 section 2.5. */
export function signatureBase(
  components: readonly (readonly [name: string, value: string])[],
  parameters: string,
): Uint8Array<ArrayBuffer> {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return utf8([...lines, `"@signature-params": ${parameters}`].join('\n'));
}

function signatureParams({ createdS, nonce, sessionId }: SignatureParameters, withPinAuth: boolean): string {
  const components = ['@method', '@path', '@query', 'content-digest', ...(withPinAuth ? [pinAuthField] : [])];
  const list = components.map((name) => `"${name}"`).join(' ');
  return `(${list});created=${createdS};nonce="${nonce}";alg="ed25519";keyid="${sessionId}"`;
}
