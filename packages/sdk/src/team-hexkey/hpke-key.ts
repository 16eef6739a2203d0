import type { Engine } from '../storage/engine.ts';

/** The X25519 pair that messages to this device are sealed to. The private half stays in the engine. */
export interface KeptHpkeKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly pair: CryptoKeyPair;
  /** The session it was made for. */
  readonly sessionId: string;
}

/** @throws {DOMException} in an engine without X25519 */
export async function makeHpkeKey(engine: Engine, sessionId: string): Promise<KeptHpkeKey> {
  return { ...(await makeHpkePair(engine)), sessionId };
}

/** RFC 9180 section 7.1, DHKEM(X25519, HKDF-SHA256). @throws {DOMException} in an engine without X25519 */
export async function makeHpkePair(engine: Engine): Promise<Omit<KeptHpkeKey, 'sessionId'>> {
  const made = (await engine.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
  // A plain object: Node's pair has no prototype, which a vault in a file does not take.
  const pair = { publicKey: made.publicKey, privateKey: made.privateKey };
  return { publicKey: new Uint8Array(await engine.exportKey('raw', pair.publicKey)), pair };
}
