import { DomainError, isDomainError, routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { keepLogin } from '../account/keep-login.ts';
import { deviceSigner } from '../storage/device-key.ts';
import { sealForDevice } from '../storage/device-seal.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { LinkState } from './device-links.ts';
import { announceDevice, collectLink, type ShownCode } from './new-device.ts';
import { openSealedEntropy } from './seal-entropy.ts';

const askEveryMs = 1000;

/** What a logged-in device has approved. */
type Collected = Extract<Awaited<ReturnType<typeof collectLink>>, { state: 'approved' }>;
export interface Approved extends Collected {
  readonly shown: ShownCode;
}

/** Shows one code after another, as the server ends them, until one is approved. @returns null when the signal has fired */
export async function showCodes(
  client: Client,
  onState: (state: LinkState) => void,
  signal: AbortSignal,
): Promise<Approved | null> {
  while (!signal.aborted) {
    const shown = await announceDevice(client);
    if (signal.aborted) break;
    onState({ step: 'code', code: shown.code, madeAtMs: client.deps.clock.now() });
    const collected = await untilApproved(client, shown, onState, signal);
    if (collected !== null) return { ...collected, shown };
  }
  return null;
}

/** Asks each second, and our clock ends nothing: the server says when the code is over. @returns null then, or when given up */
async function untilApproved(
  client: Client,
  shown: ShownCode,
  onState: (state: LinkState) => void,
  signal: AbortSignal,
): Promise<Collected | null> {
  const { wait } = client.deps;
  if (wait === undefined) throw new Error('a client that shows codes is given a way to wait');
  let wasScanned = false;
  for (;;) {
    await wait(askEveryMs, signal);
    if (signal.aborted) return null;
    try {
      const answer = await collectLink(client, shown);
      if (answer.state === 'approved') return answer;
      if (answer.state === 'scanned' && !wasScanned) onState({ step: 'scanned' });
      wasScanned = answer.state === 'scanned';
    } catch (error) {
      if (isDomainError(error, 'NotFound')) return null;
      // What was approved is answered again: nothing is lost by asking later.
      if (!isDomainError(error, 'Offline') && !isDomainError(error, 'Unavailable')) throw error;
    }
  }
}

/** Keeps the session, and E under this device until the PIN is proven. @throws {DomainError} `LinkNotGenuine` */
export async function keepLinked(client: Client, approved: Approved): Promise<KeptAccount> {
  const { session, sealed, shown } = approved;
  const { engine, random } = client.deps;
  const { linkId, deviceKeyThumbprint, hpkePair, deviceKey } = shown;
  const forWhom = { accountId: session.accountId, linkId, deviceKeyThumbprint };
  const entropy = await openSealedEntropy(hpkePair, forWhom, sealed);
  if (entropy === null) {
    await dropSession(client, approved);
    throw new DomainError('LinkNotGenuine', {});
  }
  const seal = await sealForDevice(engine, random, entropy);
  return keepLogin(client, session, deviceKey, { entropy: { under: 'device', seal }, madeHere: false });
}

/** A login that nobody will use must not stay on the owner's list. */
async function dropSession({ api, deps }: Client, { session, shown }: Approved): Promise<void> {
  const { sessionId, accountId } = session;
  const device = deviceSigner(deps.engine, shown.deviceKey);
  try {
    await api.call(routes.switchAccount, { caller: { sessionId, accountId, device } });
  } catch (error) {
    // Out of reach, or gone already: it stays locked, and the owner can end it. What matters now is that the link was not genuine.
    if (!(error instanceof DomainError)) throw error;
  }
}
