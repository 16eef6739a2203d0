import { type Random, Secret } from '@hexkey/protocol';
import type { Engine } from './engine.ts';

/**
 * Bytes only this device's engine can open: AES-256-GCM (NIST SP 800-38D) under a key that it will use but not export. It stops a copy
 * of the files, not a program that runs as this page; for that there is the PIN.
 */
export interface DeviceSeal {
  readonly key: CryptoKey;
  /** 12 bytes; each key seals once. */
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

type SealingEngine = Pick<Engine, 'generateKey' | 'encrypt' | 'decrypt'>;

export async function sealForDevice(
  engine: SealingEngine,
  random: Random,
  plaintext: Secret<Uint8Array>,
): Promise<DeviceSeal> {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const key = (await engine.generateKey(algorithm, false, ['encrypt', 'decrypt'])) as CryptoKey;
  const nonce = random(12);
  const ciphertext = await engine.encrypt(
    { name: 'AES-GCM', iv: nonce },
    key,
    Uint8Array.from(plaintext.reveal()),
  );
  return { key, nonce, ciphertext: new Uint8Array(ciphertext) };
}

/** @throws {DOMException} `OperationError` for changed bytes: the store was tampered with */
export async function openDeviceSeal(
  engine: SealingEngine,
  { key, nonce, ciphertext }: DeviceSeal,
): Promise<Secret<Uint8Array<ArrayBuffer>>> {
  const iv = Uint8Array.from(nonce);
  const plaintext = await engine.decrypt({ name: 'AES-GCM', iv }, key, Uint8Array.from(ciphertext));
  return new Secret(new Uint8Array(plaintext));
}
