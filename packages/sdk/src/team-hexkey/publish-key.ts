import { routes } from '@hexkey/contract';
import { deviceHpkeKeyStatement, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { makeHpkeKey } from './hpke-key.ts';

const keptKeys = 2;

/** Sees to it that messages can be sealed to this device: makes its key once for each session, and tells the server. */
export async function publishKey(client: Client, account: KeptAccount): Promise<void> {
  const { engine, vault } = client.deps;
  const { accountId, session } = account;
  const { sessionId } = session;
  const box = await vault.teamBox(accountId);
  if (box.publishedFor === sessionId) return;
  const key = box.keys.find((kept) => kept.sessionId === sessionId) ?? (await makeHpkeKey(engine, sessionId));
  // Kept first: a key the server knows and this device lost would swallow messages.
  await vault.changeTeamBox(accountId, (kept) => ({
    ...kept,
    keys: [key, ...kept.keys.filter((each) => each.sessionId !== sessionId)].slice(0, keptKeys),
  }));
  const caller = callerOf(client, account);
  const statement = deviceHpkeKeyStatement({ accountId, sessionId, hpkeKey: key.publicKey });
  await client.api.call(routes.publishDeviceKey, {
    caller,
    body: {
      hpkeKey: toBase64url(key.publicKey),
      signature: toBase64url(await caller.device.sign(statement)),
    },
  });
  await vault.changeTeamBox(accountId, (kept) => ({ ...kept, publishedFor: sessionId }));
}
