import type { Stores } from '../database/stores.ts';
import type { Transact } from '../database/transact.ts';
import type { Deps } from '../deps.ts';
import type { Delivered } from './envelopes.store.ts';
import { type MicroBatch, microBatch } from './micro-batch.ts';
import { type SendRequest, type SendVerdict, type TakenSends, takeSends } from './take-sends.ts';

/** What a device asks of its socket and what must be durable before it is answered. */
export interface DeliveryService {
  send(request: SendRequest): Promise<SendVerdict>;
  /** Of envelopes and of Team Hexkey's messages; what is not in the device's queue is passed over. */
  ack(deviceId: string, ids: readonly string[]): Promise<void>;
  /** When everything that was asked is done: the database may be closed, if nobody asks for more. */
  idle(): Promise<void>;
}

/** What a batch has for sockets of this process; called in the order of the batches, each after it is durable. */
export interface BatchNews extends Omit<TakenSends, 'verdicts'> {
  readonly delivered: readonly Delivered[];
}

type Request =
  | { readonly is: 'send'; readonly send: SendRequest }
  | { readonly is: 'ack'; readonly deviceId: string; readonly ids: readonly string[] };

/** Sends and acks of all connections that go into one transaction: a hundred of each, when everybody acks what comes. */
const maxRequests = 200;

/**
 * The delivery service behind every socket of this process. One transaction at a time: what comes meanwhile goes together into the next one,
 * and nothing is answered before it is durable.
 * @param transact wakes nobody: `onNews` says who has something
 */
export function deliveryService(
  deps: Pick<Deps, 'clock' | 'random'> & { readonly transact: Transact },
  onNews: (news: BatchNews) => void,
): DeliveryService {
  const underWay = new Set<Promise<unknown>>();
  const inBatches: MicroBatch<Request, SendVerdict | null> = microBatch(async (requests) => {
    const { verdicts, news } = await deps.transact((stores) => runBatch(deps, stores, requests));
    onNews(news);
    const remaining = [...verdicts];
    return requests.map((request) => (request.is === 'send' ? (remaining.shift() ?? null) : null));
  }, maxRequests);
  const submit: typeof inBatches = (request) => {
    const work = inBatches(request);
    underWay.add(work);
    const forget = () => underWay.delete(work);
    work.then(forget, forget);
    return work;
  };
  return {
    async idle() {
      await Promise.allSettled(underWay);
    },
    async send(send) {
      const verdict = await submit({ is: 'send', send });
      if (verdict === null) throw new Error('a send has a verdict');
      return verdict;
    },
    async ack(deviceId, ids) {
      await submit({ is: 'ack', deviceId, ids });
    },
  };
}

/** Groups are locked before envelopes, here as everywhere. */
async function runBatch(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Stores,
  requests: readonly Request[],
): Promise<{ readonly verdicts: readonly SendVerdict[]; readonly news: BatchNews }> {
  const sends = requests.flatMap((request) => (request.is === 'send' ? [request.send] : []));
  const { verdicts, outgoing, progress } = await takeSends(deps, stores, sends);
  const places = requests.flatMap((request) =>
    request.is === 'ack' ? request.ids.map((id) => ({ device_id: request.deviceId, envelope_id: id })) : [],
  );
  await stores.teamQueue.ack(places);
  const delivered = await stores.envelopes.ack(places);
  return { verdicts, news: { outgoing, progress, delivered } };
}
