import { createHash, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { concatBytes, type DerivedKey, fromHex, Secret } from '@hexkey/protocol';
import { createHexkey, type HexkeyClient } from '@hexkey/sdk';
import { exportableEngine, fileVault, inlineParticipants, nodePinHash } from '@hexkey/sdk/node';
import { systemClock, systemRandom } from '../system.ts';

/** Where a payer is at home. */
export interface PayerHome {
  readonly origin: string;
  /** Hexadecimal. */
  readonly operatorKey: string;
  readonly folder: string;
}

export const payerPin = () => new Secret('271828');
const random = (lengthBytes: number) => Uint8Array.from(systemRandom(lengthBytes));

/** Our client over a folder, as a command line has it, with an authenticator that never refuses: no PIN hash stands between confirming and signing. */
export function openPayer({ origin, operatorKey, folder }: PayerHome): HexkeyClient {
  const subtle = webcrypto.subtle as SubtleCrypto;
  return createHexkey({
    origin,
    fetch: (url, init) => fetch(url, init),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    clock: systemClock,
    random,
    engine: exportableEngine(subtle),
    vault: fileVault(join(folder, 'vault.json'), subtle),
    pinHash: nodePinHash,
    operatorKey: fromHex(operatorKey),
    clientVersion: 'bench/0.1.0',
    device: { name: 'Bench', platform: 'cli' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 15_000,
    alone: (work) => work(),
    wallet: {
      ledgerUrl: `${origin}/ledger/`,
      participants: () => inlineParticipants(random),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      passkeys: {
        availability: async () => 'yes',
        create: async (_, salt) => ({ credentialId: Uint8Array.of(7), output: prf(Uint8Array.of(7), salt) }),
        evaluate: async (credentialId, salt) => prf(credentialId, salt),
      },
    },
    yieldToOthers: () => new Promise((resolve) => setImmediate(resolve)),
    reportBug: (error) => {
      throw error;
    },
  });
}

function prf(credentialId: Uint8Array, salt: Uint8Array): DerivedKey {
  return new Secret(Uint8Array.from(createHash('sha256').update(concatBytes(credentialId, salt)).digest()));
}

let amount = 1_000_000n;

/** @param isWarm the pay sheet was open for a moment @returns milliseconds from confirming to a valid signature: announcing it at the server included, the ledger not */
export async function timeOfPayment(payer: HexkeyClient, to: string, isWarm: boolean): Promise<number> {
  amount += 1n;
  const { intentId } = await payer.wallet.quote({ to: { address: to }, mint: null, amount, memo: null });
  if (isWarm) await payer.wallet.warmUp();
  const confirmedMs = performance.now();
  let signedMs = Number.NaN;
  await payer.wallet.send(intentId, { passkey: true }, ({ step }) => {
    if (step === 'sending') signedMs = performance.now();
  });
  return signedMs - confirmedMs;
}
