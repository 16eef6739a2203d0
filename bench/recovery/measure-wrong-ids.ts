import { randomInt } from 'node:crypto';
import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { percentile } from '../pin-network/unlocks.ts';
import type { Result } from '../record-results.ts';
import { compareRanks } from './compare-ranks.ts';
import { nodeDevice } from './contacts.ts';
import type { Owner } from './measure-codes.ts';
import type { RecoveryNetwork } from './recovery-network.ts';

/** Of each kind, one of each a day: five IDs are allowed. */
const samples = 150;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** 0.1 % of servers that treat all IDs alike are further from it. */
const goalSigmas = 3.29;

const kinds = ['unknown', 'also unknown', 'somebody else’s', 'own'] as const;
type Kind = (typeof kinds)[number];

/**
 * Whether the time of a refusal tells what kind of wrong Hexkey ID was entered, by the account server itself, without a front
 * door: IDs that nobody has, that somebody has, and the owner's own, in random order. The floor is what chance does to two
 * samples of IDs that nobody has.
 */
export async function measureWrongIds(
  network: RecoveryNetwork,
  { phone, hexkeyId }: Owner,
  somebodyElsesId: string,
): Promise<Result> {
  const device = nodeDevice(network, network.apiUrl);
  const idOf: Readonly<Record<Kind, () => string>> = {
    unknown: unknownId,
    'also unknown': unknownId,
    'somebody else’s': () => somebodyElsesId,
    own: () => hexkeyId,
  };
  const times: Record<Kind, number[]> = { unknown: [], 'also unknown': [], 'somebody else’s': [], own: [] };
  for (let day = 0; day < samples; day += 1) {
    const { verificationId } = await device.requestPhoneCode(new Secret(phone), 'login', 'en');
    await network.advance(minuteMs);
    const login = await device.contactLogin.offer(verificationId);
    if (login === null) throw new Error('no login through the contact was offered');
    for (const kind of shuffled(kinds)) {
      const id = idOf[kind]();
      const startedMs = performance.now();
      const refusal = await device.contactLogin.requestCode(login, id, 'en').catch((error: unknown) => error);
      times[kind].push(performance.now() - startedMs);
      if (!isDomainError(refusal, 'InvalidRecoveryContact') || refusal.details.reason !== 'unknown')
        throw new Error(`an ID (${kind}) was not refused as a wrong one`);
    }
    await network.advance(dayMs);
  }
  return resultOf(times);
}

function resultOf(times: Readonly<Record<Kind, readonly number[]>>): Result {
  const against = (kind: Kind) => Math.abs(compareRanks(times[kind], times.unknown).advantage);
  const { sigma } = compareRanks(times.own, times.unknown);
  const ours = Math.max(against('own'), against('somebody else’s'));
  const peer = against('also unknown');
  const medians = kinds.map((kind) => `${kind} ${percentile(times[kind], 0.5).toFixed(2)} ms`).join(', ');
  const goal = goalSigmas * sigma;
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return {
    metric: `wrong Hexkey IDs in a login through the contact: how far the chance to tell an owner's own or somebody else's ID from one nobody has, by time, is from 1/2 (Mann–Whitney, ${samples} each; medians: ${medians}), against IDs that nobody has among themselves`,
    ours: rounded(ours),
    peer: rounded(peer),
    ratio: rounded(ours / Math.max(peer, 1e-4)),
    unit: 'probability',
    goal: `<= ${rounded(goal)} (${goalSigmas} standard deviations)`,
    met: ours <= goal,
  };
}

/** One of 900 million that a handful of accounts have a few of. */
const unknownId = () => String(randomInt(100_000_000, 1_000_000_000));

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[]): T[] {
  const left = [...values];
  return values.flatMap(() => left.splice(randomInt(left.length), 1));
}
