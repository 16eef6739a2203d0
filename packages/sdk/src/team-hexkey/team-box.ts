import { parseTeamMessage } from '@hexkey/contract';
import { type Random, Secret, textOf, utf8 } from '@hexkey/protocol';
import { type DeviceSeal, openDeviceSeal, sealForDevice } from '../storage/device-seal.ts';
import type { Engine } from '../storage/engine.ts';
import type { KeptHpkeKey } from './hpke-key.ts';
import type { KeptTeamMessage } from './team-hexkey.ts';

/** What this device keeps of Team Hexkey for one account. Codes are among the messages, so they rest sealed. */
export interface TeamBox {
  /** The newest first; the one before is kept for what was sealed to it. */
  readonly keys: readonly KeptHpkeKey[];
  /** Session for which the newest key was published, or null. */
  readonly publishedFor: string | null;
  /** JSON of `StoredMessage[]`, oldest first; null before the first. */
  readonly messages: DeviceSeal | null;
  /** Messages up to here were read on this device. */
  readonly readThroughMs: number;
}

export const emptyTeamBox: TeamBox = { keys: [], publishedFor: null, messages: null, readThroughMs: 0 };

interface StoredMessage {
  readonly id: string;
  readonly sentAtMs: number;
  readonly text: string;
}

interface SealingDeps {
  readonly engine: Engine;
  readonly random: Random;
}

/** A device keeps as much as somebody may want to look up. */
const maxKept = 500;

export async function messagesIn({ engine }: SealingDeps, box: TeamBox): Promise<readonly KeptTeamMessage[]> {
  return (await stored(engine, box)).map(({ id, sentAtMs, text }) => ({
    id,
    sentAtMs,
    message: parseTeamMessage(text),
    isRead: sentAtMs <= box.readThroughMs,
  }));
}

/**
 * Adds a signed message, once: what was not acked is pushed again.
 * @returns the new seal, or null when it was there already
 */
export async function withMessage(
  { engine, random }: SealingDeps,
  box: TeamBox,
  message: StoredMessage,
): Promise<DeviceSeal | null> {
  const before = await stored(engine, box);
  if (before.some(({ id }) => id === message.id)) return null;
  const all = [...before, message].sort((left, right) => left.sentAtMs - right.sentAtMs).slice(-maxKept);
  return sealForDevice(engine, random, new Secret(utf8(JSON.stringify(all))));
}

async function stored(engine: Engine, { messages }: TeamBox): Promise<readonly StoredMessage[]> {
  if (messages === null) return [];
  // Written by `withMessage` alone, under a key of this device.
  return JSON.parse(textOf((await openDeviceSeal(engine, messages)).reveal())) as StoredMessage[];
}
