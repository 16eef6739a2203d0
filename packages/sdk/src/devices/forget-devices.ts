import { DomainError } from '@hexkey/contract';
import { fromBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { openNodes } from '../account/open-nodes.ts';
import { forgetDeviceAtNodes } from '../pin/forget-device.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { KeptAccount } from '../storage/vault.ts';

/** Notes ended devices before anything is sent: a node that cannot be told now is told at a later PIN entry. */
export async function forgetLater(
  { deps }: Client,
  { accountId }: KeptAccount,
  thumbprints: readonly string[],
): Promise<void> {
  await deps.vault.amendAccount(accountId, (kept) => ({
    ...kept,
    devicesToForget: [...new Set([...(kept.devicesToForget ?? []), ...thumbprints])],
  }));
}

/**
 * Has every node forget the devices that were ended here. Those that not every node has forgotten stay noted.
 * @param shown when every node that answers has been shown the PIN: without that, nodes forget nothing
 */
export async function forgetNow(
  client: Client,
  { accountId }: KeptAccount,
  shown: Promise<unknown>,
): Promise<void> {
  const { vault } = client.deps;
  const account = await vault.account(accountId);
  const noted = account?.devicesToForget ?? [];
  if (account === null || noted.length === 0) return;
  await shown;
  try {
    const { channel } = await openNodes(client, account);
    for (const thumbprint of noted) await forgetEverywhere(client, channel, thumbprint);
  } catch (error) {
    // Too few nodes, no network, a session that has ended meanwhile: the note is for this.
    if (!(error instanceof DomainError)) throw error;
  }
}

async function forgetEverywhere({ deps }: Client, channel: NodeChannel, thumbprint: string): Promise<void> {
  const forgotten = await forgetDeviceAtNodes(channel, fromBase64url(thumbprint));
  if (forgotten < channel.set.nodeSet.nodes.length) return;
  await deps.vault.amendAccount(channel.accountId, (kept) => ({
    ...kept,
    devicesToForget: (kept.devicesToForget ?? []).filter((each) => each !== thumbprint),
  }));
}
