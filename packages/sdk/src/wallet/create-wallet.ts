import { DomainError, isDomainError, routes } from '@hexkey/contract';
import {
  associatedTokenAddress,
  deviceCode,
  deviceKeyThumbprint,
  fromBase58,
  fromBase64url,
  isDeviceCode,
  pinAuthKeyPair,
  type Secret,
  toBase58,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import type { OpenAccount } from '../account/open-account.ts';
import { openNodes } from '../account/open-nodes.ts';
import { provePin } from '../account/prove-pin.ts';
import type { Chats } from '../chats/chats.ts';
import type { Conversations } from '../chats/lazy-chats.ts';
import type { WalletPorts } from '../deps.ts';
import type { PinProgress } from '../hexkey.ts';
import type { Identity } from '../identity/identity.ts';
import { newUuid } from '../new-uuid.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { createKeyExport } from './exit/export-key.ts';
import { keysOffServer } from './exit/keys-off-server.ts';
import { planSweep } from './exit/plan-sweep.ts';
import { sweepWallet } from './exit/sweep-wallet.ts';
import { ensureWallet } from './key/ensure-wallet.ts';
import { packageOf } from './key/wallet-record.ts';
import { sharesKey } from './key/wallet-shares.ts';
import { knownMintsFirst } from './ledger/known-first.ts';
import { openLedger, solAsset } from './ledger/ledger.ts';
import { ledgerRpc } from './ledger/ledger-rpc.ts';
import { watchAccounts } from './ledger/watch-accounts.ts';
import { limitsFromView, limitsToView, spendingLimitsOf } from './limits-view.ts';
import { createPasskeyPay, keysOfPasskey } from './pay/passkey-pay.ts';
import { isRankingGood, type NodeRanking, rankNodes } from './sign/choose-nodes.ts';
import { warmSigning } from './sign/warm-signing.ts';
import { tellNodes } from './tell-nodes.ts';
import { type CarryDeps, carryTransfer, settle, tellServer } from './transfers/carry-transfer.ts';
import { keptView, readHistory, withCounterparty } from './transfers/history.ts';
import { keptOf, type Ordered } from './transfers/kept-of.ts';
import { amendTransfer, findKept, isOpen, keepTransfer } from './transfers/kept-transfers.ts';
import { createPayeeLearner } from './transfers/learn-payees.ts';
import { keepRecord, recordOf } from './transfers/open-wallet.ts';
import { assetOf, buildTransfer, mayHavePaid, warningsOf } from './transfers/quote-transfer.ts';
import { addressOf, type Met, resolveRecipient } from './transfers/resolve-recipient.ts';
import { type PaymentKeys, sendTransfer } from './transfers/send-transfer.ts';
import type { Approval, Balance, TransferPage, Wallet } from './wallet.ts';
import type { KeptTransfer } from './wallet-book.ts';

/** What the wallet shares with the rest of the client. */
export interface WalletHost {
  readonly client: Client;
  readonly open: OpenAccount;
  readonly identity: Identity;
  /** Null in clients without conversations: no card is sent. */
  readonly chats: (Pick<Chats, 'send' | 'list'> & Pick<Conversations, 'accountsOf'>) | null;
  /** Of the ceremony that is under way on this page. */
  readonly making: { readonly progress: PinProgress | null } | null;
  /** Tells how far the ceremony is, to whoever shows that one is under way. */
  readonly tellMaking: (progress: PinProgress) => void;
}

const betweenLooksMs = 400;
const mostFaucetLooks = 30;

/** A quote that was shown and not confirmed yet. */
interface Quoted extends Ordered {
  /** Transfers that its owner could be warned of. */
  readonly knownIntents: ReadonlySet<string>;
}

/** @param host.making is read anew each time */
export function createWallet(host: WalletHost, ports: WalletPorts): Omit<Wallet, 'subscribe'> {
  const { client, open, identity } = host;
  const { deps } = client;
  const ledger = openLedger(ledgerRpc(deps, ports.ledgerUrl));
  const carry: CarryDeps = {
    client,
    ledger,
    wait: ports.wait,
    openLedgerSocket: ports.openLedgerSocket,
  };
  const met: Met = {
    identity,
    accountsOf: async (hexkeyId) => (await host.chats?.accountsOf(hexkeyId)) ?? [],
  };
  // As long as the page is open: nothing of a quote is written before it is confirmed.
  const quotes = new Map<string, Quoted>();
  let ranking: NodeRanking | null = null;
  let isCodeWarm = false;
  const payees = createPayeeLearner(client, met, host.chats);

  const bookOf = ({ accountId }: KeptAccount) => deps.vault.walletBook(accountId);
  const addressIn = async (account: KeptAccount) =>
    toBase58(fromBase64url((await recordOf(client, account)).publicKey));

  async function keysOfPin(
    account: KeptAccount,
    pin: Secret<string>,
    operation: string,
    onProgress: (progress: PinProgress) => void,
  ) {
    const proven = await provePin(client, account, { pin, operation, onProgress });
    // Nodes give shares to whom they have seen the right PIN of.
    await proven.recovered.shown;
    return { account: proven.account, pinSecret: proven.recovered.secret };
  }

  function keysOf(
    account: KeptAccount,
    { offServer }: Pick<KeptTransfer, 'offServer'>,
    approval: Approval,
    onProgress: (pin: PinProgress) => void,
  ): () => Promise<PaymentKeys> {
    if (offServer === true) {
      if (!('pin' in approval)) throw new DomainError('PinNeededAgain', {});
      return () => keysOffServer(client, account, approval.pin, onProgress);
    }
    if ('passkey' in approval) return () => keysOfPasskey(client, account, ports);
    return async () => {
      const proven = await keysOfPin(account, approval.pin, routes.createTransfer.name, onProgress);
      const entropy = await entropyWithPin(client, proven.account, proven.pinSecret);
      return {
        auth: { key: 'pin', pair: pinAuthKeyPair(proven.pinSecret) },
        shares: sharesKey(proven.pinSecret, entropy),
      };
    };
  }

  /** From the quote, or what an earlier call has kept already. @throws {DomainError} `NotFound` (transfer); `TransferRefused` when another page sent the same meanwhile */
  async function begin(account: KeptAccount, intentId: string): Promise<KeptTransfer> {
    const begun = await findKept(client, account, intentId);
    if (begun !== null) return begun;
    const quoted = quotes.get(intentId);
    if (quoted === undefined) throw new DomainError('NotFound', { what: 'transfer' });
    const kept = keptOf(intentId, quoted, deps.clock.now());
    const { transfers } = await bookOf(account);
    // Two pages that pay the same at once: the second has not been shown that it would pay twice.
    const isTwin = transfers.some(
      (each) =>
        !quoted.knownIntents.has(each.intentId) &&
        mayHavePaid(each) &&
        each.recipient === kept.recipient &&
        each.mint === kept.mint &&
        each.amount === kept.amount,
    );
    if (isTwin) throw new DomainError('TransferRefused', { reason: 'twin' });
    await keepTransfer(client, account, kept);
    return kept;
  }

  /** Once it is on the ledger. A client that is killed before says it at its next start. */
  async function sendCard(account: KeptAccount, kept: KeptTransfer): Promise<void> {
    if (kept.isCardSent || kept.chatId === null || kept.state !== 'confirmed' || host.chats === null) return;
    const { signature } = keptView(kept, await bookOf(account));
    if (signature === null) return;
    const { intentId: id, mint, amount, symbol, decimals, memo } = kept;
    await host.chats.send(kept.chatId, {
      kind: 'transfer',
      id,
      signature,
      mint,
      amount,
      symbol,
      decimals,
      memo,
    });
    await amendTransfer(client, account, id, (each) => ({ ...each, isCardSent: true }));
  }

  /** Best effort: it is tried again at the next start. */
  async function trySendCard(account: KeptAccount, kept: KeptTransfer): Promise<void> {
    try {
      await sendCard(account, kept);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  /** With names where they can be found out. */
  async function historyOf(account: KeptAccount, before: string | null): Promise<TransferPage> {
    const address = await addressIn(account);
    const page = await readHistory(ledger, address, await bookOf(account), before);
    if (!(await payees.learn(account, page.transfers))) return page;
    return { ...page, transfers: page.transfers.map(withCounterparty(await bookOf(account))) };
  }

  async function resumeOne(account: KeptAccount, kept: KeptTransfer): Promise<void> {
    try {
      let now = kept;
      if (now.state === 'signed') now = await carryTransfer(carry, account, now, () => undefined, true);
      // Never signed, and it never can be any more: the owner is not left with a payment that hangs.
      if (now.state === 'begun' && (await ledger.finalizedBlockHeight()) > now.lastValidBlockHeight)
        now = await settle(client, account, now, 'expired', null);
      now = await tellServer(client, account, now);
      await sendCard(account, now);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  return {
    state: () =>
      open.read(async (account) => {
        const { client: _, making } = host;
        if (making !== null) return { is: 'making', progress: making.progress };
        const { wallet, holdUntilMs } = await standOf(account);
        if (wallet === null) return { is: 'missing' };
        const code = deviceCode(account.accountId, deviceKeyThumbprint(account.deviceKey.publicKey));
        return {
          is: 'ready',
          address: wallet,
          holdUntilMs,
          deviceCode: code,
          ledger: await viewOrCluster(),
        };
      }),
    create: (pin, onProgress) =>
      open.act(async (kept) => {
        const { account, pinSecret } = await keysOfPin(kept, pin, routes.createWallet.name, onProgress);
        await ensureWallet(client, ports, account, pinSecret, (progress) => {
          host.tellMaking(progress);
          onProgress(progress);
        });
      }),
    balances: () =>
      open.read(async (account) => {
        const address = await addressIn(account);
        const [lamports, holdings] = await Promise.all([ledger.lamports(address), ledger.holdings(address)]);
        const byMint = new Map<string, bigint>();
        for (const { mint, amount } of holdings)
          if (amount > 0n) byMint.set(mint, (byMint.get(mint) ?? 0n) + amount);
        const mints = await knownMintsFirst(ledger, [...byMint.keys()], (await bookOf(account)).transfers);
        const tokens = await Promise.all(mints.map((mint) => balanceOf(mint, byMint.get(mint) ?? 0n)));
        return [{ asset: solAsset, amount: lamports }, ...tokens];
      }),
    history: (before) => open.read((account) => historyOf(account, before ?? null)),
    watch: () =>
      open.read(async (account) => {
        const { openLedgerSocket } = ports;
        if (openLedgerSocket === undefined) return () => undefined;
        const accounts = () => accountsOf(account);
        return watchAccounts(openLedgerSocket, accounts, ports.wait, client.walletChanged);
      }),
    transfer: (id) =>
      open.read(async (account) => {
        const kept = await findKept(client, account, id);
        if (kept !== null) return keptView(kept, await bookOf(account));
        const { transfers } = await historyOf(account, null);
        const found = transfers.find((each) => each.id === id);
        if (found === undefined) throw new DomainError('NotFound', { what: 'transfer' });
        return found;
      }),
    quote: (order) =>
      open.read(async (account) => {
        const record = await recordOf(client, account);
        const payee = await resolveRecipient(client, account, met, order.to);
        const built = await buildTransfer(ledger, fromBase64url(record.publicKey), payee, order);
        const book = await bookOf(account);
        const warnings = warningsOf(book, payee, built, order, deps.clock.now());
        const knownIntents = new Set(book.transfers.map((each) => each.intentId));
        const intentId = newUuid(deps.random);
        quotes.set(intentId, { order, payee, built, knownIntents });
        const { asset, feeLamports, rentLamports, read } = built;
        return {
          intentId,
          recipient: {
            address: toBase58(payee.address),
            hexkeyId: payee.hexkeyId,
            name: payee.name,
            isContact: payee.isContact,
          },
          asset,
          amount: read.payment?.amount ?? 0n,
          memo: read.memo,
          feeLamports,
          rentLamports,
          warnings,
        };
      }),
    warmUp: () =>
      open.read(async (account) => {
        const walletPackage = packageOf(await recordOf(client, account));
        if (!isRankingGood(ranking, deps.clock.now())) {
          const { channel } = await openNodes(client, account);
          ranking = await rankNodes(deps, channel, walletPackage);
        }
        if (isCodeWarm) return;
        isCodeWarm = true;
        await deps.yieldToOthers();
        warmSigning(walletPackage, deps.random);
      }),
    send: (intentId, approval, onProgress) =>
      open.act(async (account) => {
        const begun = await begin(account, intentId);
        const keys = keysOf(account, begun, approval, (pin) => onProgress({ step: 'unlocking', pin }));
        const sent = await sendTransfer(carry, account, intentId, keys, ranking, onProgress);
        quotes.delete(intentId);
        await trySendCard(account, sent);
        return keptView(sent, await bookOf(account));
      }),
    resume: () =>
      open.act(async (account) => {
        const { transfers } = await bookOf(account);
        const unfinished = transfers.filter(
          (each) => isOpen(each) || each.told !== 'settled' || (each.chatId !== null && !each.isCardSent),
        );
        for (const kept of unfinished) await resumeOne(account, kept);
      }),
    planSweep: (address) =>
      open.read(async (account) => {
        const wallet = fromBase64url((await recordOf(client, account)).publicKey);
        return planSweep(ledger, wallet, addressOf(address), (await bookOf(account)).transfers);
      }),
    sweep: ({ address, mints }, pin, onProgress) =>
      open.act(async (account) => {
        const to = addressOf(address);
        const how = (await isServerAway(account)) ? { offServer: true as const } : {};
        const keys = keysOf(account, how, { pin }, (progress) =>
          onProgress({ step: 'unlocking', pin: progress }),
        );
        return sweepWallet(carry, account, { to, mints, ...how }, keys, onProgress);
      }),
    requestTestFunds: (mint) =>
      open.read(async (account) => {
        const signature = await ledger.giveTestFunds(await addressIn(account), mint);
        for (let looks = 0; looks < mostFaucetLooks; looks += 1) {
          if ((await ledger.statusOf(signature))?.isFinal === true) break;
          await ports.wait(betweenLooksMs);
        }
        client.walletChanged();
      }),
    limits: () =>
      open.read(async (account) =>
        limitsFromView(await client.api.call(routes.getWalletLimits, { caller: callerOf(client, account) })),
      ),
    setLimits: (limits, pin) =>
      open.act(async (kept) => {
        const { account, pinSecret } = await keysOfPin(
          kept,
          pin,
          routes.setWalletLimits.name,
          () => undefined,
        );
        const caller = callerOf(client, account);
        const pinAuthKey = pinAuthKeyPair(pinSecret);
        const { channel } = await openNodes(client, account);
        const by = { deviceKey: caller.device.publicKey, pinAuthKey };
        // The nodes first: what they hold is what counts.
        await tellNodes(deps, channel, by, { kind: 'SetLimits', limits: spendingLimitsOf(limits) });
        const body = limitsToView(limits);
        const set = await callWithPin(client.api, routes.setWalletLimits, caller, pinAuthKey, { body });
        client.walletChanged();
        return limitsFromView(set);
      }),
    devicesOnHold: () =>
      open.read(async (account) => {
        const { devices } = await client.api.call(routes.listDevicesOnHold, {
          caller: callerOf(client, account),
        });
        return devices.map(({ sessionId, name, untilMs }) => ({ sessionId, name, untilMs }));
      }),
    approveDevice: (sessionId, code, pin) =>
      open.act(async (kept) => {
        const { devices } = await client.api.call(routes.listDevicesOnHold, {
          caller: callerOf(client, kept),
        });
        const device = devices.find((each) => each.sessionId === sessionId);
        if (device === undefined) throw new DomainError('NotFound', { what: 'device' });
        if (!isDeviceCode(code, kept.accountId, device.deviceKeyThumbprint))
          throw new DomainError('DeviceCodeDiffers', {});
        const { account, pinSecret } = await keysOfPin(kept, pin, routes.approveDevice.name, () => undefined);
        const caller = callerOf(client, account);
        const pinAuthKey = pinAuthKeyPair(pinSecret);
        const { channel } = await openNodes(client, account);
        const by = { deviceKey: caller.device.publicKey, pinAuthKey };
        const thumbprint = fromBase64url(device.deviceKeyThumbprint);
        await tellNodes(deps, channel, by, { kind: 'ApproveDevice', device: thumbprint });
        await callWithPin(client.api, routes.approveDevice, caller, pinAuthKey, { body: { sessionId } });
        client.walletChanged();
      }),
    passkeyPay: createPasskeyPay(client, open, ports),
    keyExport: createKeyExport(client, open),
  };

  /** What it refuses is refused; what it does not answer is done with the nodes alone. */
  async function isServerAway(account: KeptAccount): Promise<boolean> {
    try {
      await client.api.call(routes.getWallet, { caller: callerOf(client, account) });
      return false;
    } catch (error) {
      if (isDomainError(error, 'Offline')) return true;
      throw error;
    }
  }

  /** The wallet's own, its token accounts, and those that the faucet's tokens would make. */
  async function accountsOf(account: KeptAccount): Promise<readonly string[]> {
    const address = await addressIn(account);
    const [holdings, { testAssets }] = await Promise.all([ledger.holdings(address), ledger.view()]);
    const mints = testAssets.flatMap(({ mint }) => (mint === null ? [] : [mint]));
    const made = mints.map((mint) =>
      toBase58(associatedTokenAddress(fromBase58(address, 32), fromBase58(mint, 32), 'token')),
    );
    return [...new Set([address, ...made, ...holdings.map(({ account: each }) => each)])];
  }

  async function balanceOf(mint: string, amount: bigint): Promise<Balance> {
    const decimals = (await ledger.mint(mint))?.decimals ?? 0;
    return { asset: await assetOf(ledger, mint, decimals), amount };
  }

  /** Without the server what is kept here is shown; the nodes have the last word about holds anyway. */
  async function standOf(account: KeptAccount) {
    const { record } = await bookOf(account);
    try {
      const told = await client.api.call(routes.getWallet, { caller: callerOf(client, account) });
      const known = record ?? (told.wallet && (await keepRecord(client, account, told.wallet)));
      return {
        wallet: known === null ? null : toBase58(fromBase64url(known.publicKey)),
        holdUntilMs: told.holdUntilMs,
      };
    } catch (error) {
      if (!isDomainError(error, 'Offline') || record === null) throw error;
      return { wallet: toBase58(fromBase64url(record.publicKey)), holdUntilMs: null };
    }
  }

  /** Whether there is a faucet is not worth an error: while the ledger is away there is none. */
  async function viewOrCluster() {
    try {
      return await ledger.view();
    } catch (error) {
      if (!isDomainError(error, 'LedgerUnavailable')) throw error;
      return { kind: 'cluster', testAssets: [] } as const;
    }
  }
}
