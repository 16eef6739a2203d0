import {
  type AttemptEntry,
  type AttemptEvent,
  appendEntry,
  firstLogHead,
  fromBase64url,
  fromHex,
  hashAttemptEntry,
  keyPairOfSeed,
  type LogHead,
  type NodeSet,
  type ReceivedLog,
  Secret,
  type SignedNodeSet,
  signLogHead,
  signNodeSet,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { type EntryJson, entryToJson, type HeadJson, headToJson } from '../attempt-log/history-json.ts';

export const anAccountId = '6f1c2b9e-5d0a-4c3b-9a57-0d1f6a3c8e21';
export const aDevice = (place: number) => toBase64url(new Uint8Array(32).fill(place));

const operatorSeed = new Secret(new Uint8Array(32).fill(99));
export const theOperatorKey = keyPairOfSeed(operatorSeed).publicKey;
const logKeys = (place: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(place + 1)));
const realmIdOf = (place: number) => String(place + 1).repeat(32);

/** Three nodes whose log keys the tests hold. */
export const threeNodes: NodeSet = {
  id: 'test',
  epoch: 1,
  threshold: 2,
  limits: {
    provenDevice: { attempts: 5, windowMs: 86_400_000 },
    words: { attempts: 10, windowMs: 604_800_000 },
    newDevice: { attempts: 10, windowMs: 604_800_000 },
  },
  tenant: 'test',
  nodes: [0, 1, 2].map((place) => ({
    realmId: realmIdOf(place),
    address: `/nodes/${place}/`,
    operator: `Operator ${place}`,
    name: `Node ${place}`,
    region: 'Test',
    logKey: toBase64url(logKeys(place).publicKey),
    hpkeKey: toBase64url(new Uint8Array(32)),
  })),
};
export const threeNodesSigned: SignedNodeSet = signNodeSet(utf8(JSON.stringify(threeNodes)), operatorSeed);

export interface NodeLog {
  readonly realmId: string;
  readonly entries: EntryJson[];
  readonly head: HeadJson;
}

type Happened = Pick<AttemptEvent, 'timeMs' | 'operation' | 'outcome'> & { readonly device: string | null };

/** The log of one node as it grows; a test makes it lie by taking entries away. */
export interface GrowingLog {
  readonly realmId: string;
  readonly entries: AttemptEntry[];
  append(event: Happened): void;
  /** What the node answers to whoever has everything up to a sequence. */
  after(sequence: number): ReceivedLog;
}

export function aGrowingLog(place: number): GrowingLog {
  const owner = { realmId: fromHex(realmIdOf(place)), user: { tenant: 'test', userId: anAccountId } };
  const entries: AttemptEntry[] = [];
  const head = (): LogHead => {
    const last = entries.at(-1);
    return last === undefined
      ? firstLogHead(owner)
      : { sequence: last.sequence, hash: hashAttemptEntry(last) };
  };
  return {
    realmId: realmIdOf(place),
    entries,
    append(event) {
      const device = event.device === null ? null : fromBase64url(event.device);
      const bucket = device === null ? null : 'newDevice';
      entries.push(appendEntry(head(), { ...event, device, bucket }).entry);
    },
    after: (sequence) => ({
      entries: entries.filter((entry) => entry.sequence > sequence),
      head: signLogHead(owner, head(), logKeys(place)),
    }),
  };
}

/** The honest log of one node, as files hold it. */
export function aNodeLog(place: number, happened: readonly Happened[]): NodeLog {
  const log = aGrowingLog(place);
  for (const event of happened) log.append(event);
  const { entries, head } = log.after(0);
  return { realmId: log.realmId, entries: entries.map(entryToJson), head: headToJson(head) };
}
