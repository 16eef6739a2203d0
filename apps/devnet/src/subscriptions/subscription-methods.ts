import { Type } from 'typebox';
import type { DevnetParts } from '../devnet-parts.ts';
import { accountSettings } from '../rpc/encode-account.ts';
import { method, type RpcMethod } from '../rpc/method.ts';
import {
  AddressText,
  addressOf,
  Config,
  Optional,
  SignatureText,
  signatureOf,
  Unsigned,
} from '../rpc/params.ts';
import { invalidParams } from '../rpc/rpc-error.ts';
import type { Connection, Subscriptions } from './subscriptions.ts';

/** Every method that is answered over a WebSocket. */
export function subscriptionMethods(
  subscriptions: Subscriptions,
  connection: Connection,
): ReadonlyMap<string, RpcMethod> {
  const unsubscribe = method([Unsigned], (_: DevnetParts, id) => {
    if (!subscriptions.end(connection, id)) throw invalidParams('Invalid subscription id.');
    return true;
  });
  const Received = Optional(Type.Union([Type.Boolean(), Type.Null()]));
  return new Map(
    Object.entries({
      slotSubscribe: method([], () => subscriptions.onSlot(connection)),
      // Nothing is received that is not executed at once, so there is no notification of that.
      signatureSubscribe: method(
        [SignatureText, Config({ enableReceivedNotification: Received })],
        (_: DevnetParts, signature, config) =>
          subscriptions.onSignature(connection, signatureOf(signature), config ?? {}),
      ),
      accountSubscribe: method([AddressText, Config(accountSettings)], (_: DevnetParts, address, config) =>
        subscriptions.onAccount(connection, addressOf(address), config ?? {}),
      ),
      slotUnsubscribe: unsubscribe,
      signatureUnsubscribe: unsubscribe,
      accountUnsubscribe: unsubscribe,
    }),
  );
}
