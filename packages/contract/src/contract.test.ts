import { Value } from 'typebox/value';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type AnswerOf,
  type BodyOf,
  DomainError,
  domainErrorOf,
  errorTable,
  formatTeamMessage,
  parseTeamMessage,
  problemOf,
  type QueryOf,
  routes,
} from './index.ts';

test('a permanent number belongs to one refusal; only TooMany and PinLocked share 429', () => {
  const byCode = Object.entries(errorTable);
  const shared = byCode.filter(([name, { code }]) =>
    byCode.some(([other, entry]) => other !== name && entry.code === code),
  );
  expect(shared.map(([name]) => name).sort()).toEqual(['PinLocked', 'TooMany']);
});

test('a refusal survives the wire', () => {
  const sent = new DomainError('WrongCode', { triesLeft: 2 });
  const received = domainErrorOf(JSON.parse(JSON.stringify(problemOf(sent))));
  expect(received).toEqual(sent);
  expect(received?.details).toEqual({ triesLeft: 2 });
});

test.each([
  null,
  'no',
  {},
  { name: 'WrongCode', code: 1, details: {} },
  { name: 'toString', code: 401, details: {} },
])('what is not one of our documents is not read as one: %j', (document) =>
  expect(domainErrorOf(document)).toBeNull(),
);

test('route names are their keys, and no two routes share a method and path', () => {
  for (const [name, route] of Object.entries(routes)) expect(route.name).toBe(name);
  const addresses = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('bodies refuse unknown members and wrong lengths', () => {
  const { body } = routes.requestPhoneCode;
  const good = { phone: '+4915112345678', purpose: 'login', locale: 'en' };
  expect(Value.Check(body, good)).toBe(true);
  expect(Value.Check(body, { ...good, extra: 1 })).toBe(false);
  expect(Value.Check(body, { ...good, phone: '015112345678' })).toBe(false);
});

test('a message of Team Hexkey is read back; a kind or a form from another version is not', () => {
  const id = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
  const message = {
    id,
    sentAtMs: 1,
    kind: 'youAreRecoveryContact',
    parameters: { owner: { hexkeyId: '123456789', name: null } },
  } as const;
  expect(parseTeamMessage(formatTeamMessage(message))).toEqual(message);
  for (const text of [
    '',
    '{}',
    JSON.stringify({ ...message, kind: 'later' }),
    JSON.stringify({ ...message, more: 1 }),
  ])
    expect(parseTeamMessage(text)).toBeNull();
});

test('types follow the schemas', () => {
  expectTypeOf<BodyOf<typeof routes.updateProfile>>().toEqualTypeOf<{ name: string }>();
  expectTypeOf<BodyOf<typeof routes.getSession>>().toEqualTypeOf<undefined>();
  expectTypeOf<AnswerOf<typeof routes.getSealedEntropy>>().toEqualTypeOf<{ sealedEntropy: string | null }>();
  expectTypeOf<QueryOf<typeof routes.listLogs>>().toEqualTypeOf<{ before?: string; limit?: number }>();
});
