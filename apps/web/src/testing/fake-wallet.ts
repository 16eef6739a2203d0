import { DomainError, type PersonView } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type {
  Balance,
  DeviceOnHold,
  KeyExport,
  KeyExportState,
  LimitsView,
  PasskeyPay,
  PinProgress,
  Swept,
  Transfer,
  TransferProgress,
  TransferQuote,
  TransferWarning,
  Wallet,
  WalletState,
} from '@hexkey/sdk';
import { fakeAddress, fakePeer, fakeSignature, sol, someTransfers, spam, testUsd } from './some-transfers.ts';

const pageSize = 20;
const feeLamports = 5000n;
const rentLamports = 2_039_280n;
const hour = 3_600_000;

/** What the fake's nodes and ledger do. */
export const walletScenarios = [
  'wallet',
  'wallet-missing',
  'wallet-making',
  'wallet-hold',
  'wallet-held-others',
  'wallet-cluster',
  'wallet-down',
  'wallet-warned',
  'wallet-code-changed',
  'wallet-interrupted',
  'wallet-silent',
  'wallet-stopped',
  'wallet-refused',
  'wallet-away',
  'wallet-limits-pending',
  'wallet-passkey',
  'wallet-passkey-fails',
  'wallet-no-prf',
  'wallet-key-export',
] as const;
export type WalletScenario = (typeof walletScenarios)[number];

export interface FakeWallet {
  readonly nowMs: () => number;
  /** Null: a wallet in which nothing is. */
  readonly scenario: WalletScenario | null;
  /** Throws for a wrong PIN. */
  readonly prove: (pin: Secret<string>) => Promise<unknown>;
  readonly makeKey: (onProgress: (progress: PinProgress) => void) => Promise<void>;
  readonly pause: () => Promise<unknown>;
  readonly find: (hexkeyId: string) => Promise<PersonView>;
  /** Whether the safety number was compared with that person. */
  readonly isCompared: (hexkeyId: string) => Promise<boolean>;
}

/** Of every device of the fake. */
export const fakeDeviceCode = '31415 92653 58979 32384';

/** A wallet without nodes and ledger. */
export function createFakeWallet(given: FakeWallet): Wallet {
  const { nowMs, scenario, prove, pause } = given;
  const listeners = new Set<() => void>();
  const isFull = scenario !== null;
  const heldUntilMs = nowMs() + 23 * hour + 12 * 60_000;
  let isMade = scenario !== 'wallet-missing' && scenario !== 'wallet-making';
  let balances: Balance[] = isFull
    ? [
        { asset: sol, amount: 12_345_678_900n },
        { asset: testUsd, amount: 1_234_500_000n },
        { asset: spam, amount: 1n },
      ]
    : [{ asset: sol, amount: 0n }];
  let transfers = isFull ? someTransfers(nowMs(), scenario === 'wallet-interrupted') : [];
  const quotes = new Map<string, TransferQuote>();
  let held: DeviceOnHold[] =
    scenario === 'wallet-held-others'
      ? [
          {
            sessionId: 'c4b1f0c2-3d5e-4f60-9182-93a4b5c6d7e8',
            name: 'Safari on iPhone',
            untilMs: heldUntilMs,
          },
        ]
      : [];
  let limits: LimitsView = {
    limits: { lamportsPerDay: 10_000_000_000n, tokensPerDay: [], otherTokensPerDay: 1_000_000_000n },
    pending:
      scenario === 'wallet-limits-pending'
        ? {
            limits: { lamportsPerDay: 50_000_000_000n, tokensPerDay: [], otherTokensPerDay: 1_000_000_000n },
            fromMs: nowMs() + 20 * hour,
          }
        : null,
  };
  let windowMs: number | null = scenario?.startsWith('wallet-passkey') ? 2 * hour : null;
  let stops = scenario === 'wallet-stopped' ? 1 : 0;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const requireLedger = async () => {
    await pause();
    if (scenario === 'wallet-down') throw new DomainError('LedgerUnavailable', {});
    if (!isMade) throw new DomainError('WalletMissing', {});
  };
  const heldOf = (mint: string | null) => balances.find(({ asset }) => asset.mint === mint)?.amount ?? 0n;
  const add = (mint: string | null, amount: bigint) => {
    const asset = [sol, testUsd, spam].find((one) => one.mint === mint) ?? sol;
    const next = balances.some((one) => one.asset.mint === mint)
      ? balances
      : [...balances, { asset, amount: 0n }];
    balances = next.map((one) => (one.asset.mint === mint ? { ...one, amount: one.amount + amount } : one));
  };
  const put = (transfer: Transfer) => {
    transfers = [transfer, ...transfers.filter(({ id }) => id !== transfer.id)];
    changed();
    return transfer;
  };
  const warnings = (amount: bigint, held: bigint, isStranger: boolean): TransferWarning[] => [
    ...(isStranger || scenario === 'wallet-warned' ? [{ kind: 'stranger' } as const] : []),
    ...(scenario === 'wallet-warned' ? [{ kind: 'duplicate', atMs: nowMs() - 20 * 60_000 } as const] : []),
    ...(amount * 2n > held || scenario === 'wallet-warned' ? [{ kind: 'large' } as const] : []),
  ];

  const passkeyPay: PasskeyPay = {
    async state() {
      await pause();
      if (scenario === 'wallet-no-prf') return { is: 'unavailable', why: 'no-prf' };
      return windowMs === null ? { is: 'off' } : { is: 'on', windowMs, pinNeeded: false };
    },
    async enable(pin, next) {
      await prove(pin);
      windowMs = next;
      changed();
    },
    async disable() {
      windowMs = null;
      changed();
    },
  };

  async function sign(onProgress: (progress: TransferProgress) => void): Promise<void> {
    for (let done = 0; done <= 3; done += 1) {
      onProgress({ step: 'signing', done, of: 3 });
      await pause();
      if (scenario === 'wallet-silent' && done === 2) await new Promise(() => undefined);
      if (stops > 0 && done === 1) {
        stops -= 1;
        throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
      }
    }
    if (scenario === 'wallet-refused')
      throw new DomainError('OverLimit', {
        mint: null,
        limit: '10000000000',
        spent: '9000000000',
        freeAtMs: null,
      });
  }

  let exporting: KeyExportState =
    scenario === 'wallet-key-export'
      ? { is: 'begun', by: 'another-device', fromMs: nowMs() + 6 * 24 * hour }
      : { is: 'none' };
  const keyExport: KeyExport = {
    async state() {
      await pause();
      return exporting;
    },
    begin: () => Promise.reject(new DomainError('ServerNeeded', { missing: 'node-set' })),
    async cancel() {
      await pause();
      exporting = { is: 'none' };
      changed();
    },
    take: () => Promise.reject(new DomainError('NoExport', {})),
  };

  return {
    keyExport,
    passkeyPay,
    async state(): Promise<WalletState> {
      await pause();
      if (scenario === 'wallet-making')
        return { is: 'making', progress: { step: 'making-wallet', done: 3, of: 5 } };
      if (!isMade) return { is: 'missing' };
      return {
        is: 'ready',
        address: fakeAddress,
        holdUntilMs: scenario === 'wallet-hold' ? heldUntilMs : null,
        deviceCode: fakeDeviceCode,
        ledger:
          scenario === 'wallet-cluster'
            ? { kind: 'cluster', testAssets: [] }
            : { kind: 'devnet', testAssets: [sol, testUsd] },
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async create(pin, onProgress) {
      await prove(pin);
      await given.makeKey(onProgress);
      isMade = true;
      changed();
    },
    watch: async () => () => undefined,
    async balances() {
      await requireLedger();
      return balances;
    },
    async history(before) {
      await requireLedger();
      const start = before === undefined ? 0 : transfers.findIndex(({ id }) => id === before) + 1;
      const page = transfers.slice(start, start + pageSize);
      return { transfers: page, more: start + pageSize < transfers.length };
    },
    async transfer(id) {
      await requireLedger();
      const found = transfers.find((one) => one.id === id) ?? transfers.find((one) => one.signature === id);
      if (found === undefined) throw new DomainError('NotFound', { what: 'transfer' });
      return found;
    },
    async quote(order) {
      await requireLedger();
      if (scenario === 'wallet-hold') throw new DomainError('DeviceOnHold', { untilMs: heldUntilMs });
      const { to, mint, amount, memo } = order;
      if (scenario === 'wallet-code-changed' && 'hexkeyId' in to && !(await given.isCompared(to.hexkeyId)))
        throw new DomainError('SecurityCodeChanged', { hexkeyId: to.hexkeyId });
      const person = 'hexkeyId' in to ? await given.find(to.hexkeyId) : null;
      const isContact = person?.relation === 'contact';
      // Alan has not opened his wallet, and Emmy's account is gone by the time she is paid.
      if ('hexkeyId' in to && to.hexkeyId === '66260701')
        throw new DomainError('NotFound', { what: 'wallet' });
      if ('hexkeyId' in to && to.hexkeyId === '13806490') throw new DomainError('AccountDeleted', {});
      const rent = mint !== null && person === null ? rentLamports : 0n;
      const asset = balances.find((one) => one.asset.mint === mint)?.asset ?? sol;
      const needed = mint === null ? amount + feeLamports : amount;
      if (needed > heldOf(mint))
        throw new DomainError('InsufficientBalance', {
          mint,
          needed: String(needed),
          available: String(heldOf(mint)),
        });
      const quote: TransferQuote = {
        intentId: crypto.randomUUID(),
        recipient: {
          address: 'address' in to ? to.address : fakePeer,
          hexkeyId: 'hexkeyId' in to ? to.hexkeyId : null,
          name: person?.name ?? null,
          isContact,
        },
        ...{ asset, amount, memo, feeLamports, rentLamports: rent },
        warnings: warnings(amount, heldOf(mint), !isContact),
      };
      quotes.set(quote.intentId, quote);
      return quote;
    },
    warmUp: async () => undefined,
    async send(intentId, approval, onProgress) {
      const quote = quotes.get(intentId);
      if (quote === undefined) throw new DomainError('TransferExpired', {});
      onProgress({ step: 'unlocking', pin: { step: 'connecting', done: 0, of: 5 } });
      if ('pin' in approval) await prove(approval.pin);
      else {
        await pause();
        if (scenario === 'wallet-passkey-fails') {
          windowMs = null;
          changed();
          throw new DomainError('PasskeyRefused', {});
        }
      }
      await sign(onProgress);
      const { recipient, asset, amount, memo } = quote;
      const transfer: Transfer = {
        id: intentId,
        direction: 'out',
        state: 'pending',
        failure: null,
        signature: fakeSignature.split('').reverse().join(''),
        ...{ asset, amount, feeLamports, memo },
        counterparty: recipient,
        atMs: nowMs(),
        cheatingNodes: [],
      };
      onProgress({ step: 'sending' });
      put(transfer);
      await pause();
      if (scenario === 'wallet-away') throw new DomainError('LedgerUnavailable', {});
      onProgress({ step: 'confirming' });
      await pause();
      add(asset.mint, -amount);
      add(null, -feeLamports - quote.rentLamports);
      return put({ ...transfer, state: 'confirmed' });
    },
    async resume() {
      await pause();
      for (const transfer of transfers.filter(({ state }) => state === 'pending'))
        put({ ...transfer, state: 'confirmed' });
    },
    async planSweep(address) {
      await requireLedger();
      const held = balances.filter(({ asset, amount }) => asset.mint !== null && amount > 0n);
      const rents = BigInt(held.length) * rentLamports;
      const lamports = heldOf(null) - rents - BigInt(held.length + 1) * feeLamports;
      if (lamports <= 0n) return { address, goes: [], stays: [] };
      const costs = { feeLamports, rentLamports };
      return {
        address,
        goes: [
          ...held.map((one) => ({ ...one, ...costs, isKnown: one.asset.mint !== spam.mint })),
          { asset: sol, amount: lamports, feeLamports, rentLamports: 0n, isKnown: true },
        ],
        stays: [],
      };
    },
    async sweep({ mints }, pin, onProgress) {
      onProgress({ step: 'unlocking', pin: { step: 'connecting', done: 0, of: 5 } });
      await prove(pin);
      const going = balances.filter(({ asset, amount }) => mints.includes(asset.mint) && amount > 0n);
      const ordered = going.toSorted(
        (left, right) => Number(left.asset.mint === null) - Number(right.asset.mint === null),
      );
      const swept: Swept[] = [];
      for (const [done, { asset, amount }] of ordered.entries()) {
        onProgress({ step: 'moving', asset, done, of: ordered.length });
        await pause();
        if (scenario === 'wallet-silent') await new Promise(() => undefined);
        if (scenario === 'wallet-stopped')
          throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
        const isLimited = scenario === 'wallet-refused' && asset.mint === null;
        const moved = isLimited ? 1_000_000_000n : amount;
        add(asset.mint, -moved);
        const left = isLimited ? { freeAtMs: nowMs() + 20 * hour } : null;
        swept.push({ asset, moved, left, cheatingNodes: [] });
      }
      changed();
      return swept;
    },
    async requestTestFunds(mint) {
      await requireLedger();
      add(mint, mint === null ? 1_000_000_000n : 100_000_000n);
      changed();
    },
    async limits() {
      await pause();
      return limits;
    },
    async setLimits(next, pin) {
      await prove(pin);
      const isHigher = next.lamportsPerDay > limits.limits.lamportsPerDay;
      limits = isHigher
        ? { ...limits, pending: { limits: next, fromMs: nowMs() + 24 * hour } }
        : { limits: next, pending: null };
      changed();
      return limits;
    },
    async devicesOnHold() {
      await pause();
      return held;
    },
    async approveDevice(sessionId, code, pin) {
      if (code.replace(/\D/g, '') !== fakeDeviceCode.replace(/\D/g, ''))
        throw new DomainError('DeviceCodeDiffers', {});
      await prove(pin);
      held = held.filter((device) => device.sessionId !== sessionId);
      changed();
    },
  };
}
