import { CheatError } from '@hexkey/protocol';
import {
  inlineParticipants,
  type ParticipantsAnswer,
  type ParticipantsOrder,
  passedShare,
  plainShare,
} from './client-participants.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const participants = inlineParticipants((lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)));

scope.onmessage = async ({ data }: MessageEvent<ParticipantsOrder>) => {
  try {
    scope.postMessage(await answer(data));
  } catch (error) {
    if (error instanceof CheatError)
      return scope.postMessage({ did: 'cheat', identifier: error.identifier } satisfies ParticipantsAnswer);
    // A rejected promise would end here unheard; thrown outside of it, it is the page's `error` event.
    setTimeout(() => {
      throw error;
    });
  }
};

async function answer(order: ParticipantsOrder): Promise<ParticipantsAnswer> {
  switch (order.do) {
    case 'begin':
      return { did: 'begin', packages: await participants.begin(order.parties) };
    case 'exchange':
      return { did: 'exchange', shares: (await participants.exchange(order.packages)).map(plainShare) };
    case 'finish': {
      const made = await participants.finish(order.shares.map(passedShare));
      const keys = made.keys.map(({ identifier, share }) => ({ identifier, share: share.reveal() }));
      return { did: 'finish', keys, public: made.public };
    }
  }
}
