import { routes } from '@hexkey/contract';
import {
  announceLinkStatement,
  collectLinkStatement,
  deviceKeyThumbprint,
  fromBase64url,
  type Secret,
  toBase64url,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { deviceSigner, type KeptDeviceKey, makeDeviceKey } from '../storage/device-key.ts';
import { makeHpkePair } from '../team-hexkey/hpke-key.ts';
import { formatLinkCode } from './link-code.ts';

/** A code that this page shows, and what opens what comes for it. Kept in memory only: another page shows another code. */
export interface ShownCode {
  readonly linkId: string;
  readonly code: Secret<string>;
  readonly deviceKey: KeptDeviceKey;
  readonly hpkePair: CryptoKeyPair;
  readonly deviceKeyThumbprint: string;
}

/** Announces this device under keys made for this one code. @throws {DomainError} `TooMany`, `Offline` */
export async function announceDevice({ api, deps }: Client): Promise<ShownCode> {
  const { engine, random, device, origin } = deps;
  const deviceKey = await makeDeviceKey(engine, random);
  const { publicKey: hpkeKey, pair } = await makeHpkePair(engine);
  const statement = announceLinkStatement({ deviceKey: deviceKey.publicKey, ...device });
  const { linkId } = await api.call(routes.createDeviceLink, {
    body: {
      deviceKey: toBase64url(deviceKey.publicKey),
      device,
      signature: toBase64url(await deviceSigner(engine, deviceKey).sign(statement)),
    },
  });
  const thumbprint = deviceKeyThumbprint(deviceKey.publicKey);
  const code = formatLinkCode(origin, { linkId, hpkeKey, deviceKeyThumbprint: thumbprint });
  return { linkId, code, deviceKey, hpkePair: pair, deviceKeyThumbprint: thumbprint };
}

/** How far the link is; once approved, what came for this device. @throws {DomainError} `NotFound` (device-link), `Offline` */
export async function collectLink({ api, deps }: Client, { linkId, deviceKey }: ShownCode) {
  const statement = collectLinkStatement({ linkId, deviceKey: deviceKey.publicKey });
  const signature = toBase64url(await deviceSigner(deps.engine, deviceKey).sign(statement));
  const answer = await api.call(routes.collectDeviceLink, { body: { linkId, signature } });
  if (answer.state !== 'approved') return answer;
  return {
    state: answer.state,
    session: answer.session,
    sealed: {
      encapsulatedKey: fromBase64url(answer.encapsulatedKey),
      ciphertext: fromBase64url(answer.ciphertext),
    },
  };
}
