import { CheatError, Secret } from '@hexkey/protocol';
import {
  type ClientParticipants,
  type ParticipantsAnswer,
  type ParticipantsOrder,
  passedShare,
  plainShare,
} from './client-participants.ts';

/** In a worker of their own, which is ended with them. @param openWorker of `participants.worker.ts` */
export function workerParticipants(openWorker: () => Worker): ClientParticipants {
  const worker = openWorker();
  let failed: Error | null = null;
  let fail: (error: Error) => void = () => undefined;
  worker.onerror = () => {
    // The event's text may name what the worker was given; the reason is in the worker's own console.
    failed = new Error('the wallet worker failed');
    fail(failed);
  };

  function ask<D extends ParticipantsOrder['do']>(
    order: Extract<ParticipantsOrder, { readonly do: D }>,
  ): Promise<Extract<ParticipantsAnswer, { readonly did: D }>> {
    return new Promise((resolve, reject) => {
      if (failed !== null) return reject(failed);
      fail = reject;
      worker.onmessage = ({ data }: MessageEvent<ParticipantsAnswer>) => {
        if (data.did === 'cheat') reject(new CheatError(data.identifier));
        else resolve(data as Extract<ParticipantsAnswer, { readonly did: D }>);
      };
      worker.postMessage(order);
    });
  }

  return {
    begin: async (parties) => (await ask({ do: 'begin', parties })).packages,
    exchange: async (packages) => (await ask({ do: 'exchange', packages })).shares.map(passedShare),
    async finish(shares) {
      const made = await ask({ do: 'finish', shares: shares.map(plainShare) });
      const keys = made.keys.map(({ identifier, share }) => ({ identifier, share: new Secret(share) }));
      return { keys, public: made.public };
    },
    end: () => worker.terminate(),
  };
}
