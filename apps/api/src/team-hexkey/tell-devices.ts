import { formatTeamMessage, type TeamMessage, type TeamMessageKind } from '@hexkey/contract';
import { signTeamText, teamSealContext } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import type { Session } from '../sessions/sessions.store.ts';
import { sealToDevice } from './seal-to-device.ts';

const keptForMs = 30 * 24 * 60 * 60_000;

/** What Team Hexkey says: a kind and its parameters. */
export type Notice<K extends TeamMessageKind = TeamMessageKind> = K extends TeamMessageKind
  ? { readonly kind: K; readonly parameters: Extract<TeamMessage, { kind: K }>['parameters'] }
  : never;

/**
 * Queues a message of Team Hexkey for each device of an account, sealed to it and signed for it alone
 * (docs/protocol/team-hexkey.md section 2). Belongs in the transaction of what it tells, so that neither happens alone.
 * @param exceptSessionId the device that did it, and knows
 * @returns how many devices it waits for
 */
export async function tellDevices(
  { clock, random, teamKey }: Pick<Deps, 'clock' | 'random' | 'teamKey'>,
  stores: Pick<Stores, 'deviceKeys' | 'teamQueue'>,
  accountId: string,
  notice: Notice,
  exceptSessionId: string | null = null,
): Promise<number> {
  const keys = (await stores.deviceKeys.listOf(accountId)).filter(
    (key) => key.session_id !== exceptSessionId,
  );
  const sentAtMs = clock.now();
  const text = formatTeamMessage({ id: newUuid(random), sentAtMs, ...notice } as TeamMessage);
  for (const { session_id: sessionId, hpke_key: hpkeKey } of keys) {
    const to = { accountId, sessionId, envelopeId: newUuid(random) };
    const sealed = await sealToDevice(hpkeKey, teamSealContext(to), signTeamText(teamKey, to, text));
    await stores.teamQueue.add({
      id: to.envelopeId,
      session_id: sessionId,
      sent_at_ms: sentAtMs,
      encapsulated_key: sealed.encapsulatedKey,
      ciphertext: sealed.ciphertext,
      expires_at_ms: sentAtMs + keptForMs,
    });
  }
  return keys.length;
}

/** A device as a notice names it. @param address where it is now */
export function noticedDevice(
  session: Pick<Session, 'device_name' | 'platform'>,
  address: string,
): Notice<'pinChanged'>['parameters']['device'] {
  return { name: session.device_name, platform: session.platform, place: address };
}
