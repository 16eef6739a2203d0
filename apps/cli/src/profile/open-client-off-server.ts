import { fromBase64url } from '@hexkey/protocol';
import { createHexkey, type Fetch, type HexkeyClient } from '@hexkey/sdk';
import type { Options } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { chooseServer, isSafeOrigin } from './choose-server.ts';
import { clientDeps, outsideOf } from './open-client.ts';
import type { ProfileFolder } from './profile-folder.ts';
import { readProfileSettings } from './profile-settings.ts';

/**
 * The SDK over a profile, without the account server: nothing is asked of it and nothing told, so it may be down, or refuse. Needs a profile that was used before.
 * @param reportBug told of bugs in work nobody waits for
 * @throws {UsageError} a profile without an account; an --rpc that others on the way could change
 */
export function openClientOffServer(
  profile: ProfileFolder,
  given: { options: Options; hostName: string },
  reportBug: (error: unknown) => void,
): HexkeyClient {
  const { options } = given;
  const settings = readProfileSettings(profile.settingsPath);
  if (settings === null)
    throw new UsageError('This profile has no account: `hexkey login`, while the server is there.');
  const outside = outsideOf(chooseServer(options, settings));
  const deps = clientDeps(profile, outside, given);
  return createHexkey({
    ...deps,
    fetch: withoutApi(outside.fetch, outside.origin),
    vault: {
      ...deps.vault,
      // A server that ends the login does not end what this device and the nodes can do.
      currentAccount: async () => (await deps.vault.currentAccount()) ?? deps.vault.onlyAccount(),
    },
    operatorKey: fromBase64url(settings.operatorKey),
    wallet: { ...deps.wallet, ledgerUrl: rpcOf(options) ?? deps.wallet.ledgerUrl },
    reportBug,
  });
}

/** As if the server were away. Nodes and ledger may be behind the same origin. */
function withoutApi(next: Fetch, origin: string): Fetch {
  return async (url, init) => {
    if (url.startsWith(`${origin}/api/`)) throw new TypeError('the account server is not asked');
    return next(url, init);
  };
}

/** @throws {UsageError} */
export function rpcOf({ rpc }: Options): string | null {
  if (rpc === undefined) return null;
  if (!URL.canParse(rpc)) throw new UsageError('--rpc is no URL.');
  const url = new URL(rpc);
  if (!isSafeOrigin(url)) throw new UsageError('--rpc must be https; http is for this computer only.');
  return url.href;
}
