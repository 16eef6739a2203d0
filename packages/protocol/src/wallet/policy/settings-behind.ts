import { equalBytes } from '../../encoding/bytes.ts';
import { toHex } from '../../encoding/text.ts';
import type { WalletStatus } from '../wire/answers.ts';
import { type LimitsState, mintLimit, type SpendingLimits } from './limits.ts';

/** What a node holds of a wallet's settings, in its own words. */
export type HeldSettings = Pick<WalletStatus, 'holdUntilMs' | 'approved' | 'limits' | 'pay'>;

/** What one node missed, in the order in which it is told. */
export type MissedSetting =
  | { readonly kind: 'SetLimits'; readonly limits: SpendingLimits }
  | { readonly kind: 'ApproveDevice'; readonly device: Uint8Array }
  | { readonly kind: 'SetPayAuth'; readonly key: Uint8Array; readonly windowMs: number };

/**
 * What a node that was away has missed: what t nodes hold, and it does not. t nodes that lie win nothing by it, for they sign whatever they like as it is. Nothing is
 * taken away here but by lower limits, and of a raise only the wait begins.
 * @param all of every node that answered, this one too
 * @param threshold t
 * @param payKey of the asking device, which pays without the PIN; null while that is off
 */
export function settingsBehind(
  held: HeldSettings,
  all: readonly HeldSettings[],
  threshold: number,
  payKey: Uint8Array | null,
): readonly MissedSetting[] {
  const pay = agreed(
    all.map((each) => each.pay),
    threshold,
    (each) => (each === null ? '' : `${toHex(each.key)}/${each.windowMs}`),
  );
  const isPayMissed =
    payKey !== null &&
    pay != null &&
    equalBytes(pay.key, payKey) &&
    !(held.pay !== null && equalBytes(held.pay.key, pay.key) && held.pay.windowMs === pay.windowMs);
  // Whoever is on hold there may not set the rest; another device of the owner can.
  const ofTrusted =
    held.holdUntilMs === null
      ? [...limitsBehind(held, all, threshold), ...approvalsBehind(held, all, threshold)]
      : [];
  return isPayMissed ? [...ofTrusted, { kind: 'SetPayAuth', ...pay }] : ofTrusted;
}

function limitsBehind(
  { limits: own }: HeldSettings,
  all: readonly HeldSettings[],
  threshold: number,
): readonly MissedSetting[] {
  const asked = agreed(
    all.map(({ limits }) => askedFor(limits)),
    threshold,
    nameOf,
  );
  if (asked === undefined) return [];
  const current = agreed(
    all.map(({ limits }) => limits.limits),
    threshold,
    nameOf,
  );
  // What holds there already is lowered first: a raise that waits elsewhere would leave it above the others.
  const isAbove = current !== undefined && !isWithin(own.limits, current);
  const isBehind = nameOf(askedFor(own)) !== nameOf(asked);
  const lowered: readonly MissedSetting[] = isAbove ? [{ kind: 'SetLimits', limits: current }] : [];
  const isDone = isAbove ? nameOf(current) === nameOf(asked) : !isBehind;
  return isDone ? lowered : [...lowered, { kind: 'SetLimits', limits: asked }];
}

function approvalsBehind(
  { approved: own }: HeldSettings,
  all: readonly HeldSettings[],
  threshold: number,
): readonly MissedSetting[] {
  const known = new Map(all.flatMap(({ approved }) => approved.map((device) => [toHex(device), device])));
  return [...known.values()]
    .filter((device) => all.filter(({ approved }) => isAmong(approved, device)).length >= threshold)
    .filter((device) => !isAmong(own, device))
    .map((device) => ({ kind: 'ApproveDevice', device }));
}

/** The value that t of them have; undefined when there is none. */
function agreed<T>(values: readonly T[], threshold: number, nameOf: (value: T) => string): T | undefined {
  const names = values.map(nameOf);
  return values.find((_, place) => names.filter((name) => name === names[place]).length >= threshold);
}

/** What its owner wants: nodes count the wait for it each for themselves. */
const askedFor = ({ limits, pending }: LimitsState): SpendingLimits => pending?.limits ?? limits;

/** Alike for limits that mean the same. */
function nameOf(limits: SpendingLimits): string {
  const { lamports, mints, otherMints } = limits;
  const named = mints
    .filter(({ amount }) => amount !== otherMints)
    .map(({ mint, amount }) => `${toHex(mint)}=${amount}`)
    .sort();
  return [lamports, otherMints, ...named].join(' ');
}

function isWithin(limits: SpendingLimits, most: SpendingLimits): boolean {
  return (
    limits.lamports <= most.lamports &&
    limits.otherMints <= most.otherMints &&
    [...limits.mints, ...most.mints].every(({ mint }) => mintLimit(limits, mint) <= mintLimit(most, mint))
  );
}

function isAmong(devices: readonly Uint8Array[], device: Uint8Array): boolean {
  return devices.some((known) => equalBytes(known, device));
}
