import { readFileSync } from 'node:fs';
import { fromHex, pinHashInput, Secret, stretchedPinOf, toHex } from '@hexkey/protocol';
import { expect, test, vi } from 'vitest';
import { workerPinHash } from '../browser.ts';
import { nodePinHash } from '../node.ts';
import { wasmPinHash } from './wasm-pin-hash.ts';

const vectorFile = new URL('../../../../vectors/pin-hash.json', import.meta.url);
const vector = JSON.parse(readFileSync(vectorFile, 'utf8')) as Record<string, string>;
const { password, salt } = pinHashInput(
  new Secret(vector.pin as string),
  fromHex(vector.version as string),
  vector.info as string,
);

test.each([
  ['Node', nodePinHash],
  ['WebAssembly', wasmPinHash],
])('the PIN hash of %s replays the published vector', async (_, pinHash) => {
  const { accessKey, encryptionKeySeed } = stretchedPinOf(await pinHash(password, salt));
  expect(toHex(accessKey.reveal())).toBe(vector.accessKey);
  expect(toHex(encryptionKeySeed.reveal())).toBe(vector.encryptionKeySeed);
});

/** A worker that answers what it is told to. */
function fakeWorker(answer: (worker: Worker, order: unknown) => void) {
  const worker = {
    terminate: vi.fn(),
    postMessage: (order: unknown) => answer(worker, order),
  } as never as Worker;
  return worker;
}

test('the worker of a hash is ended with its answer, so that no PIN stays in its memory', async () => {
  const worker = fakeWorker((self) => self.onmessage?.({ data: new Uint8Array(64).fill(7) } as MessageEvent));
  const hash = await workerPinHash(() => worker)(password, salt);
  expect(hash.reveal()).toEqual(new Uint8Array(64).fill(7));
  expect(worker.terminate).toHaveBeenCalledOnce();
});

test('a worker that fails is an error without its input, and is ended too', async () => {
  const worker = fakeWorker((self) => self.onerror?.({ message: 'secret 1234' } as ErrorEvent));
  await expect(workerPinHash(() => worker)(password, salt)).rejects.toThrow(/^the PIN hash worker failed$/);
  expect(worker.terminate).toHaveBeenCalledOnce();
});
