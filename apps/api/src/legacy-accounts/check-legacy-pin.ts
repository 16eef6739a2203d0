import { pbkdf2 } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Secret, utf8 } from '@hexkey/protocol';
import { verify } from '@node-rs/argon2';
import { equalHashes } from '../keys/keyed-hash.ts';
import type { LegacyHash } from './read-legacy-hash.ts';

const require = createRequire(import.meta.url);
const deriveKey = promisify(pbkdf2);
/** What bcrypt reads of a password; its makers, crypt(3) and PHP, leave out the rest without a word. */
const bcryptReadsBytes = 72;

/**
 * Whether an old PIN fits its hash, computed off the server's own thread. The server sees an old PIN here and nowhere else; the caller
 * has counted the attempt durably before.
 * @param hash bounded by `readLegacyHash`
 */
export async function checkLegacyPin(hash: LegacyHash, legacyPin: Secret<string>): Promise<boolean> {
  const typed = utf8(legacyPin.reveal());
  switch (hash.kind) {
    case 'argon2id':
      return verify(hash.encoded, typed);
    case 'pbkdf2-sha256': {
      const { salt, iterations, derived } = hash;
      return equalHashes(await deriveKey(typed, salt, iterations, derived.length, 'sha256'), derived);
    }
    case 'bcrypt':
      return bcryptFits(hash.encoded, typed.subarray(0, bcryptReadsBytes));
  }
}

/** hash-wasm computes on the thread that calls it: this one is made for one hash and ends with it (ADR 27). */
const bcryptThread = `
const { parentPort, workerData } = require('node:worker_threads');
const { bcryptVerify } = require(workerData.library);
bcryptVerify({ hash: workerData.hash, password: workerData.password }).then((fits) => parentPort.postMessage(fits));
`;

function bcryptFits(hash: string, password: Uint8Array): Promise<boolean> {
  const library = require.resolve('hash-wasm');
  const worker = new Worker(bcryptThread, {
    eval: true,
    execArgv: [],
    workerData: { library, hash, password },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without an answer')));
  });
}
