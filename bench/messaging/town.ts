import { createHash } from 'node:crypto';
import { type KeyPair, keyPairOfSeed, Secret } from '@hexkey/protocol';

/** Pairs of people who write to each other. Everything about them follows from their numbers, so both processes know it. */
export interface Town {
  readonly pairs: number;
  /** Of whoever receives; a sender has one. */
  readonly devicesOfReceiver: number;
}

export interface Device {
  readonly accountId: string;
  readonly sessionId: string;
  readonly pair: KeyPair;
}

export interface Conversation {
  readonly groupId: string;
  readonly sender: Device;
  readonly receivers: readonly Device[];
}

export function conversationsOf({ pairs, devicesOfReceiver }: Town): readonly Conversation[] {
  return Array.from({ length: pairs }, (_, number) => ({
    groupId: uuidOf(`group ${number}`),
    sender: deviceOf(`sender ${number}`, 0),
    receivers: Array.from({ length: devicesOfReceiver }, (_unused, place) =>
      deviceOf(`receiver ${number}`, place),
    ),
  }));
}

function deviceOf(account: string, place: number): Device {
  const name = `${account}, device ${place}`;
  return {
    accountId: uuidOf(account),
    sessionId: uuidOf(name),
    pair: keyPairOfSeed(new Secret(new Uint8Array(createHash('sha256').update(name).digest()))),
  };
}

/** A version 4 UUID by its form. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
