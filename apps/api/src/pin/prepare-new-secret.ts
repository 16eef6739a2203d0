import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { equalBytes, isUsablePublicKey, verifyEd25519, walletAddressStatement } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { walletRecordOf } from '../wallets/wallet-record.ts';
import type { Wallet } from '../wallets/wallets.store.ts';
import type { PreparedSecret } from './prepared-secrets.store.ts';

/**
 * Somebody knew the PIN: keeps the key and the sealed entropy of a new S_pin before any node is given it (ADR 32). Until one of the
 * prepared secrets is activated the server takes PIN-auth under each of them and under the current one, as the nodes take either PIN.
 * @throws {DomainError} `Forbidden` (pin-auth) under a key that is itself only prepared, (not-allowed) while the wallet's move to other nodes was not told; `InvalidField`
 */
export async function prepareNewSecret(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account, pinAuthKey: provenKey }: Caller,
  body: BodyOf<typeof routes.prepareNewSecret>,
  address: string,
): Promise<void> {
  const { pin_auth_key: currentKey } = account;
  if (provenKey === null || currentKey === null || !equalBytes(provenKey, currentKey))
    throw new DomainError('Forbidden', { reason: 'pin-auth' });
  const pinAuthKey = readBytes(body.pinAuthKey, 'pinAuthKey');
  if (!isUsablePublicKey(pinAuthKey)) throw invalidField('pinAuthKey', 'no usable key');
  if (equalBytes(pinAuthKey, currentKey)) throw invalidField('pinAuthKey', 'is the current key');
  if ((body.sealedEntropy === null) !== (account.sealed_entropy === null))
    throw invalidField('sealedEntropy', 'as in preparePin: for an account that has one');
  const secret = {
    ...readRewrap(body.wallet),
    account_id: account.id,
    pin_auth_key: pinAuthKey,
    sealed_entropy: body.sealedEntropy === null ? null : readBytes(body.sealedEntropy, 'sealedEntropy'),
    prepared_at_ms: deps.clock.now(),
  };
  await deps.transact(async (stores) => {
    const wallet = await stores.wallets.get(account.id);
    if ((wallet === null) !== (body.wallet === null))
      throw invalidField('wallet', 'for an account that has one');
    if (wallet !== null) {
      requireAddressSigned(wallet, secret);
      requireFollowed(wallet, account.node_set_hash);
    }
    await stores.preparedSecrets.put(secret);
    await addLogEntry(deps, stores, session, { operation: 'prepareNewSecret', outcome: 'success', address });
  });
}

function readRewrap(
  wallet: BodyOf<typeof routes.prepareNewSecret>['wallet'],
): Pick<PreparedSecret, 'sealed_shares' | 'aik' | 'address_signature'> {
  if (wallet === null) return { sealed_shares: null, aik: null, address_signature: null };
  return {
    sealed_shares: readBytes(wallet.sealedShares, 'wallet'),
    aik: readBytes(wallet.aik, 'wallet'),
    address_signature: readBytes(wallet.addressSignature, 'wallet'),
  };
}

/** Nodes that were moved to hold other shares than this server knows of: a seal of the old ones would lose the wallet. */
function requireFollowed(wallet: Wallet, nodeSetHash: Uint8Array | null): void {
  const held = readBytes(walletRecordOf(wallet).nodeSetHash, 'wallet');
  if (nodeSetHash === null || !equalBytes(held, nodeSetHash))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
}

function requireAddressSigned(
  { account_id, public_key }: Wallet,
  { aik, address_signature }: Pick<PreparedSecret, 'aik' | 'address_signature'>,
): void {
  const statement = walletAddressStatement(account_id, public_key);
  if (aik === null || address_signature === null || !verifyEd25519(aik, statement, address_signature))
    throw invalidField('wallet', 'its address is not signed by the key that follows');
}
