import { Secret } from '@hexkey/protocol';
import type { HexkeyClient } from '@hexkey/sdk';
import { percentile } from '../pin-network/unlocks.ts';
import type { Result } from '../record-results.ts';
import { type Contact, nodeDevice } from './contacts.ts';
import { pin } from './recovery-device.ts';
import type { RecoveryNetwork } from './recovery-network.ts';

const samples = 51;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const goalMs = { p50: 250, p99: 1000 };

/** An account whose number is known, and its recovery contact to be. */
export interface Owner {
  readonly hexkey: HexkeyClient;
  readonly phone: string;
  readonly hexkeyId: string;
  readonly contact: Contact;
}

export async function ownerOf(network: RecoveryNetwork, contact: Contact, phone: string): Promise<Owner> {
  const hexkey = nodeDevice(network);
  const { verificationId } = await hexkey.requestPhoneCode(new Secret(phone), 'register', 'en');
  await hexkey.registerWithPhone(verificationId, new Secret(await network.phoneCode()));
  await hexkey.setPin(pin(), () => undefined);
  const { hexkeyId } = await hexkey.account();
  await hexkey.people.add(contact.hexkeyId);
  await contact.add(hexkeyId);
  return { hexkey, phone, hexkeyId, contact };
}

/** Asks for one code; what it rejects with ends the benchmark. */
type Ask = () => Promise<unknown>;
/** What must happen on a new day before codes can be asked for. */
type BeginDay = (owner: Owner) => Promise<Ask>;

/**
 * From "code requested" to "shown to the contact": for setting the contact, then for a login through them. Contacts take turns,
 * so that whatever else the machine does meets both.
 */
export async function measureCodes(network: RecoveryNetwork, owners: readonly Owner[]): Promise<Result[]> {
  async function advance(milliseconds: number): Promise<void> {
    await network.advance(milliseconds);
    for (const { contact } of owners) await contact.follow();
  }

  /** As many codes as a day allows, then the next day. */
  async function measure(what: string, codesPerDay: number, beginDay: BeginDay): Promise<Result[]> {
    const times = owners.map(({ contact }) => ({ contact, codeMs: [] as number[], echoMs: [] as number[] }));
    for (let taken = 0; taken < samples; taken += codesPerDay) {
      const asks: Ask[] = [];
      for (const owner of owners) asks.push(await beginDay(owner));
      for (let count = 0; count < codesPerDay; count += 1) {
        for (const [index, { contact, codeMs, echoMs }] of times.entries()) {
          echoMs.push(await contact.echoMs());
          codeMs.push((await readCode(contact, asks[index] as Ask)).tookMs);
        }
        await advance(minuteMs);
      }
      await advance(dayMs);
    }
    return times.flatMap(({ contact, codeMs, echoMs }) => resultsOf(what, contact, codeMs, echoMs));
  }

  const setting = await measure('setting a recovery contact', 5, async ({ hexkey, contact }) => {
    const flow = await hexkey.recoveryKit.openContact(pin());
    await hexkey.settled();
    return () => flow.requestCode(contact.hexkeyId);
  });
  for (const owner of owners) await setContact(owner);
  const login = await measure('login through the contact', 3, async ({ phone, contact }) => {
    const device = nodeDevice(network);
    const { verificationId } = await device.requestPhoneCode(new Secret(phone), 'login', 'en');
    await advance(minuteMs);
    const id = await device.contactLogin.offer(verificationId);
    if (id === null) throw new Error('no login through the contact was offered');
    return () => device.contactLogin.requestCode(id, contact.hexkeyId, 'en');
  });
  return [...setting, ...login];
}

/** The contact reads the code to the owner. */
async function setContact({ hexkey, contact }: Owner): Promise<void> {
  const flow = await hexkey.recoveryKit.openContact(pin());
  const { answer, digits } = await readCode(contact, () => flow.requestCode(contact.hexkeyId));
  await flow.confirm(answer.verificationId, new Secret(digits));
  flow.close();
}

const lastCodes = new WeakMap<Contact, string>();

/** Every code is asked for here, so that the next one is known. Times are by the clock of the machine, which all processes read. */
async function readCode<T>(contact: Contact, ask: () => Promise<T>) {
  const shown = contact.codeAfter(lastCodes.get(contact) ?? null);
  const startedMs = Date.now();
  const answer = await ask();
  const { id, digits, atMs } = await shown;
  lastCodes.set(contact, id);
  return { answer, digits, tookMs: atMs - startedMs };
}

function resultsOf(
  what: string,
  { engine }: Contact,
  codeMs: readonly number[],
  echoMs: readonly number[],
): Result[] {
  return ([0.5, 0.99] as const).map((fraction) => {
    const ours = percentile(codeMs, fraction);
    const peer = Math.max(Math.round(percentile(echoMs, fraction) * 100) / 100, 0.01);
    const goal = fraction === 0.5 ? goalMs.p50 : goalMs.p99;
    return {
      metric: `${what}: from "code requested" to "shown to the contact" in ${engine}, p${fraction * 100} of ${codeMs.length}, against an empty round trip over a WebSocket through the same front door`,
      ours,
      peer,
      ratio: Math.round((ours / peer) * 10) / 10,
      unit: 'ms',
      goal: `<= ${goal} ms`,
      met: ours <= goal,
    };
  });
}
