import { createHash, webcrypto } from 'node:crypto';
import { fromHex, Secret } from '@hexkey/protocol';
import { createHexkey, type Fetch, type HexkeyClient, type HexkeyDeps, type Vault } from '@hexkey/sdk';
import { exportableEngine } from '@hexkey/sdk/node';
import type { InstallationFile } from './installation-file.ts';
import type { MovedClock } from './moved-clock.ts';
import { systemRandom } from './system-random.ts';

/**
 * A real client over real requests. Only the PIN hash is another one, of the right form and without cost: a schedule enters a dozen PINs,
 * and argon2id would be all that a thousand of them measure.
 */
export function clientOf(
  { apiPort, operatorKey }: InstallationFile,
  given: { readonly clock: MovedClock; readonly fetch: Fetch; readonly vault: Vault },
): HexkeyClient {
  return createHexkey({
    origin: `http://127.0.0.1:${apiPort}`,
    timeout: AbortSignal.timeout,
    random: systemRandom,
    engine: exportableEngine(webcrypto.subtle as SubtleCrypto),
    pinHash: cheapPinHash,
    operatorKey: fromHex(operatorKey),
    clientVersion: 'test/0.1.0',
    device: { name: 'Schedule', platform: 'cli' },
    // No schedule has a node that is silent: who waits so long waits for a processor.
    nodeTimeoutMs: 60_000,
    apiTimeoutMs: 60_000,
    alone: (work) => work(),
    yieldToOthers: async () => undefined,
    reportBug: (error) => {
      throw error;
    },
    ...given,
  });
}

const cheapPinHash: HexkeyDeps['pinHash'] = async (password, salt) =>
  new Secret(Uint8Array.from(createHash('sha512').update(password.reveal()).update(salt).digest()));
