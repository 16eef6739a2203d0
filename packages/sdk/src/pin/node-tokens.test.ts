import type { AnswerOf, Route, routes } from '@hexkey/contract';
import { fixedClock } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { ApiClient, Caller } from '../transport/api-client.ts';
import { createNodeTokens } from './node-tokens.ts';

function tokensOver(lifetimeMs: number) {
  const clock = fixedClock('2030-01-01');
  let asked = 0;
  const api: ApiClient = {
    async call<R extends Route>() {
      asked += 1;
      const answer: AnswerOf<typeof routes.issueNodeTokens> = {
        tokens: [{ realmId: '00', token: `token ${asked}` }],
        expiresAtMs: clock.now() + lifetimeMs,
      };
      return answer as AnswerOf<R>;
    },
  };
  return { clock, tokens: createNodeTokens(api, clock), asked: () => asked };
}
const caller = (sessionId: string) => ({ sessionId }) as Caller;

test('tokens serve until shortly before they end, and no longer than four minutes', async () => {
  const short = tokensOver(60_000);
  await short.tokens.of(caller('a'));
  short.clock.advance(29_000);
  expect((await short.tokens.of(caller('a'))).get('00')).toBe('token 1');
  short.clock.advance(2000);
  expect((await short.tokens.of(caller('a'))).get('00')).toBe('token 2');

  // A server whose clock is ahead of ours seems to give out tokens that last longer than they do.
  const long = tokensOver(60 * 60_000);
  await long.tokens.of(caller('a'));
  long.clock.advance(4 * 60_000);
  await long.tokens.of(caller('a'));
  expect(long.asked()).toBe(2);
});

test('tokens of another session, or refused ones, are not used', async () => {
  const { tokens } = tokensOver(600_000);
  await tokens.of(caller('a'));
  expect((await tokens.of(caller('b'))).get('00')).toBe('token 2');
  tokens.forget();
  expect((await tokens.of(caller('b'))).get('00')).toBe('token 3');
});
