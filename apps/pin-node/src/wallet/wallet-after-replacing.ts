import { equalBytes } from '@hexkey/protocol';
import type { HeldRegistration, PinRecord } from '../records/pin-record.ts';
import { emptyWallet, type WalletState, withDevices } from './wallet-state.ts';

/**
 * The wallet when another version of the PIN becomes the committed one: it follows the PIN-auth key, and nobody pays without the PIN until a
 * device has registered anew, and an export of the key has to be begun anew. Another PIN-auth key means that somebody knew the PIN: approvals and raises that others began end too.
 * @param device thumbprint of the device that commits
 */
export function walletAfterReplacing(
  { committed: before, wallet }: Pick<PinRecord, 'committed' | 'wallet'>,
  now: HeldRegistration,
  device: Uint8Array,
): WalletState {
  const { committed } = wallet;
  if (wallet === emptyWallet || before === null) return wallet;
  const payLess = { ...wallet, payKeys: [], exporting: null };
  const isHandedOver =
    before.pinAuthKey !== null && (now.pinAuthKey === null || !equalBytes(before.pinAuthKey, now.pinAuthKey));
  if (!isHandedOver) return payLess;
  const own = withDevices(payLess, (other) => equalBytes(other, device));
  const spending = { ...own.spending, limits: { ...own.spending.limits, pending: null } };
  const follows =
    committed !== null &&
    now.pinAuthKey !== null &&
    equalBytes(committed.pinAuthKey, before.pinAuthKey ?? none);
  return {
    ...own,
    spending,
    committed: own.committed && {
      ...own.committed,
      pinAuthKey: follows ? (now.pinAuthKey ?? none) : own.committed.pinAuthKey,
      // Sealed under the S_pin that is replaced.
      sealedShares: null,
    },
  };
}

const none = new Uint8Array(0);
