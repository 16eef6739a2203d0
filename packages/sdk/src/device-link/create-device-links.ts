import { DomainError, routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { Place } from '../place.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { approveLink } from './approve-link.ts';
import type { DeviceLinks } from './device-links.ts';
import { parseLinkCode } from './link-code.ts';
import { keepLinked, showCodes } from './show-codes.ts';

/** @param enter what every login ends with: the place it leads to */
export function createDeviceLinks(
  client: Client,
  open: OpenAccount,
  enter: (login: () => Promise<KeptAccount>) => Promise<Place>,
): DeviceLinks {
  return {
    // Only what is kept takes its turn: who waits to be scanned keeps nobody from anything.
    async show(onState, signal) {
      const approved = await showCodes(client, onState, signal);
      return approved && enter(() => keepLinked(client, approved));
    },
    async open(code) {
      const shown = parseLinkCode(code);
      if (shown === null) throw new DomainError('NotALinkCode', {});
      const { linkId, deviceKeyThumbprint } = shown;
      const { device, place } = await open.read((account) =>
        client.api.call(routes.openDeviceLink, {
          caller: callerOf(client, account),
          body: { linkId, deviceKeyThumbprint },
        }),
      );
      return {
        ...device,
        place,
        approve: (pin) => open.act((account) => approveLink(client, account, shown, pin)),
      };
    },
  };
}
