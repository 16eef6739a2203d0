import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError, routes } from '@hexkey/contract';
import { newPhrase, Secret } from '@hexkey/protocol';
import { type Fetch, type HexkeyClient, memoryVault } from '@hexkey/sdk';
import { attackedNodes } from './attack.ts';
import { BrokenRule } from './broken-rule.ts';
import { clientOf } from './client-of.ts';
import { noFaults } from './fault-plan.ts';
import { grantedGuesses } from './granted-guesses.ts';
import { type Installation, limits } from './installation.ts';
import { type Act, type Held, minutesMs, type Schedule } from './schedule.ts';
import { systemRandom } from './system-random.ts';

const pins = { first: '271828', second: '314159' } as const;
type PinName = keyof typeof pins;
const noProgress = () => undefined;

/**
 * Drives one account through a schedule and then looks at what is left: exactly one PIN opens it, with the words it was made with, also after
 * n-t nodes are gone for good, the server has heard of a change that took effect, and nobody was given a guess too many.
 * @returns guesses that all nodes gave, from their logs
 * @throws {BrokenRule}
 */
export async function runSchedule(installation: Installation, schedule: Schedule): Promise<number> {
  const { file } = installation;
  await installation.advance(minutesMs);
  const words = newPhrase(systemRandom).reveal();
  const vaultFile = join(mkdtempSync(join(dirname(file.apiDirectory), 'device-')), 'vault.json');
  const order = { vaultFile, plan: noFaults };
  await installation.device({ ...order, operation: 'register', given: words });
  let mayBe: readonly PinName[] = [];

  for (const act of schedule.acts) {
    for (const { node, plan } of act.nodePlans) await installation.plan(node, plan);
    if (act.killsApi) await installation.killApi();
    const begun = await installation.device({ ...order, operation: 'start', given: [] });
    const place = begun?.place ?? 'signed-out';
    const operation = fitting(act, place);
    if (operation !== null) {
      const meant = act.typed === 'meant' ? (mayBe.at(-1) ?? 'first') : act.typed;
      const typed = operation === 'setPin' ? 'first' : meant;
      const next = other(typed);
      const given = [pins[typed], pins[next]];
      const before = act.leaves === undefined ? [] : await installation.held();
      const outcome = await installation.device({ vaultFile, plan: act.plan, operation, given });
      if (act.leaves !== undefined) {
        if (outcome !== null) throw new BrokenRule('the device that the trace kills lives on');
        expectHeld(before, await installation.held(), act.leaves);
      }
      mayBe = possible(mayBe, operation, typed, outcome?.error === null);
    }
    await installation.revive();
    if (act.waitsMs > 0) await installation.advance(act.waitsMs);
  }

  const { accepted, isEntered } = await settle(installation, vaultFile, mayBe);
  // Acts set the first PIN only: who gets in with the second has changed it.
  const isChanged = accepted === 'second' && isEntered && mayBe.length > 0;
  await expectHealed(installation, vaultFile, accepted);
  await expectOnePin(installation, words, { accepted, isChanged, laterDead: schedule.laterDead });
  if (schedule.attack === null) return countedGuesses(installation, []);
  const answered = await attackedNodes(installation, words, schedule.attack);
  await installation.revive();
  // The owner's own device is not locked by anybody else, and opens the account still.
  const entered = await installation.device({ ...order, operation: 'enter', given: [pins[accepted]] });
  if (entered?.error !== null) throw new BrokenRule(`the owner's device does not get in: ${entered?.error}`);
  return countedGuesses(installation, answered);
}

/** @param answered guesses a stranger had answers to, by node: each is in the log of its node */
async function countedGuesses(installation: Installation, answered: readonly number[]): Promise<number> {
  const granted = (await installation.logs()).map((events) => grantedGuesses(events, limits));
  for (const [node, guesses] of answered.entries())
    if (guesses > (granted[node] ?? 0))
      throw new BrokenRule(`a node answered ${guesses} guesses and wrote down ${granted[node]}`);
  return granted.reduce((sum, guesses) => sum + guesses, 0);
}

/** @param leaves by node: 0 is the record it had committed, 1 another one */
function expectHeld(
  before: readonly Held<string>[],
  after: readonly Held<string>[],
  leaves: readonly Held<number>[],
): void {
  const counted = after.map(({ committed, staged }, node) => {
    const number = (version: string | null) =>
      version === null ? null : Number(version !== before[node]?.committed);
    return { committed: number(committed), staged: number(staged) };
  });
  const words = (all: readonly Held<number>[]) =>
    all.map(({ committed, staged }) => `${committed}${staged ?? '-'}`).join();
  if (words(counted) !== words(leaves))
    throw new BrokenRule(`the nodes hold ${words(counted)} where the model has ${words(leaves)}`);
}

const other = (pin: PinName): PinName => (pin === 'first' ? 'second' : 'first');

/** What can be done where the device stands: a change needs a PIN, a first set none. */
function fitting({ operation }: Act, place: string): Act['operation'] | null {
  if (place === 'set-pin') return 'setPin';
  if (place === 'home') return operation === 'setPin' ? 'enter' : operation;
  return place === 'enter-pin' ? 'enter' : null;
}

/** Which PINs the owner may have after an operation, from what she saw. */
function possible(
  before: readonly PinName[],
  operation: Act['operation'],
  typed: PinName,
  isDone: boolean,
): readonly PinName[] {
  if (operation === 'setPin') return before.length === 0 || isDone ? [typed] : before;
  if (operation === 'enter') return isDone ? [typed] : before;
  return isDone ? [other(typed)] : [...new Set([...before, typed, other(typed)])];
}

/** Nothing fails any more: what was interrupted ends, with a PIN the owner may have. */
async function settle(
  installation: Installation,
  vaultFile: string,
  mayBe: readonly PinName[],
): Promise<{ readonly accepted: PinName; readonly isEntered: boolean }> {
  const order = { vaultFile, plan: noFaults };
  let pin: PinName | null = null;
  for (let entry = 0; entry < 4; entry += 1) {
    const started = await installation.device({ ...order, operation: 'start', given: [] });
    const place = started?.place ?? 'nowhere';
    const operation = place === 'set-pin' ? 'setPin' : 'enter';
    // Who must set a PIN again may choose another one; who enters it tries the one she meant last.
    const likely = operation === 'setPin' ? 'second' : (mayBe.at(-1) ?? 'second');
    pin = pin === null ? likely : other(pin);
    const outcome = await installation.device({ ...order, operation, given: [pins[pin]] });
    if (outcome?.error === null) {
      if (operation === 'enter' && !mayBe.includes(pin))
        throw new BrokenRule(`PIN ${pin} opens the account, which should have ${mayBe.join(' or ')}`);
      return { accepted: pin, isEntered: operation === 'enter' };
    }
    if (!['WrongPin', 'PinSetInterrupted'].includes(outcome?.error ?? ''))
      throw new BrokenRule(`no PIN works: ${outcome?.error ?? 'the device died'} at ${place}`);
  }
  throw new BrokenRule('no PIN works: each was called wrong');
}

async function expectOnePin(
  installation: Installation,
  words: readonly string[],
  {
    accepted,
    isChanged,
    laterDead,
  }: { readonly accepted: PinName; readonly isChanged: boolean; readonly laterDead: readonly number[] },
): Promise<void> {
  const dead = new Set<number>();
  const device = newDevice(installation, dead);
  await device.loginWithWords(new Secret(words));
  const wrong = await refusalOf(device.unlock(new Secret(pins[other(accepted)]), noProgress));
  if (wrong !== 'WrongPin') throw new BrokenRule(`the PIN that is not the account's: ${wrong ?? 'accepted'}`);
  const right = await refusalOf(device.unlock(new Secret(pins[accepted]), noProgress));
  if (right !== null) throw new BrokenRule(`the account's PIN on another device: ${right}`);
  await device.settled();
  // For a device a node that is gone is one that refuses its connection.
  for (const node of laterDead) dead.add(node);
  const kept = (await device.viewWords(new Secret(pins[accepted]))).reveal();
  if (kept.join(' ') !== words.join(' ')) throw new BrokenRule('the words are other ones than before');
  await device.settled();
  const { entries } = await device.logs();
  if (isChanged && !entries.some(({ operation }) => operation === routes.changePin.name))
    throw new BrokenRule("a change took effect that is not in the account's log");
}

/** Every node has the PIN that works. An entry does not wait for slow nodes, so one may not heal them all. */
async function expectHealed(installation: Installation, vaultFile: string, pin: PinName): Promise<void> {
  const order = { vaultFile, plan: noFaults };
  for (let entry = 0; entry < 5; entry += 1) {
    const held = await installation.held();
    if (new Set(held.map(({ committed }) => committed)).size === 1) return;
    await installation.device({ ...order, operation: 'start', given: [] });
    const outcome = await installation.device({ ...order, operation: 'enter', given: [pins[pin]] });
    if (outcome?.error !== null)
      throw new BrokenRule(`an entry that heals fails: ${outcome?.error ?? 'dead'}`);
  }
  throw new BrokenRule('five entries in peace leave a node behind');
}

async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.name;
    throw error;
  }
}

/** In this process, over a network that works but for the nodes in `dead`. */
function newDevice({ file, now }: Installation, dead: ReadonlySet<number>): HexkeyClient {
  const clock = { now, moveTo: () => undefined };
  const toLiving: Fetch = async (url, init) => {
    const place = file.nodes.findIndex(({ port }) => url.startsWith(`http://127.0.0.1:${port}/`));
    if (dead.has(place)) throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  return clientOf(file, { clock, fetch: toLiving, vault: memoryVault() });
}
