import { pinHashParameters, Secret } from '@hexkey/protocol';
import { hashRaw } from '@node-rs/argon2';
import type { PinHash } from './pin/pin-hash.ts';
import type { Engine } from './storage/engine.ts';

export { sqliteChatStore } from './chats/store/sqlite-chat-store.ts';
export { type FileVault, fileVault } from './storage/file-vault.ts';
export { openPrivateFolder, readPrivateFile, writePrivateFile } from './storage/private-file.ts';
export { readOperatorKey } from './transport/read-operator-key.ts';
export { readTeamKey } from './transport/read-team-key.ts';
export { type KeyPaymentEnd, keyPayments } from './wallet/exit/pay-with-key.ts';
export { inlineParticipants } from './wallet/key/client-participants.ts';

/** An engine whose keys can be written down: a process that ends has nowhere else to keep them (ADR 35). */
export function exportableEngine(subtle: SubtleCrypto): Engine {
  return {
    generateKey: ((algorithm: KeyAlgorithm, _extractable: boolean, usages: KeyUsage[]) =>
      subtle.generateKey(algorithm, true, usages)) as Engine['generateKey'],
    exportKey: subtle.exportKey.bind(subtle) as Engine['exportKey'],
    sign: subtle.sign.bind(subtle),
    encrypt: subtle.encrypt.bind(subtle),
    decrypt: subtle.decrypt.bind(subtle),
  };
}

/** The PIN hash in Node, on a thread of libuv's pool. RFC 9106. */
export const nodePinHash: PinHash = async (password, salt) => {
  const hash = await hashRaw(password.reveal(), {
    // The package's constants are `const enum`s, which cannot be imported one file at a time: 2 is Argon2id, 1 is version 1.3.
    algorithm: 2,
    version: 1,
    memoryCost: pinHashParameters.memoryKiB,
    timeCost: pinHashParameters.iterations,
    parallelism: pinHashParameters.parallelism,
    outputLen: pinHashParameters.lengthBytes,
    salt: Uint8Array.from(salt),
  });
  return new Secret(new Uint8Array(hash));
};
