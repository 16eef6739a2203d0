import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceBackup, type BackupEvent, beginBackup } from './backup-flow.ts';

const words = new Secret(['legal', 'winner']);
const opened: BackupEvent = { type: 'opened', words };
const toCheck: readonly BackupEvent[] = [{ type: 'understood' }, opened, { type: 'wrote-down' }];
const run = (...events: readonly BackupEvent[]) => events.reduce(advanceBackup, beginBackup);
const refusedWith = (error: unknown): BackupEvent => ({ type: 'refused', error });

test('notice, PIN, words, every word typed, backed up', () => {
  expect(run().at).toBe('notice');
  expect(run({ type: 'understood' }).at).toBe('pin');
  expect(run({ type: 'understood' }, opened).at).toBe('words');
  expect(run(...toCheck).at).toBe('check');
  expect(run(...toCheck, { type: 'confirmed' })).toEqual({ at: 'done' });
});

test('a wrong word is marked until something is typed, and the words can be looked at again', () => {
  const flow = run(...toCheck, refusedWith(new DomainError('WordsDiffer', { wordIndex: 1 })));
  expect(flow).toEqual({ at: 'check', words, wrong: 1 });
  expect(advanceBackup(flow, { type: 'edited' })).toMatchObject({ at: 'check', wrong: null });
  expect(advanceBackup(flow, { type: 'looked-again' })).toEqual({ at: 'words', words });
});

test('a PIN typed too long ago is asked for again, and the words leave the page', () =>
  expect(run(...toCheck, refusedWith(new DomainError('PinNeededAgain', {})))).toEqual({
    at: 'pin',
    again: true,
  }));

test('without an answer the check stays as it is', () =>
  expect(run(...toCheck, refusedWith(new DomainError('Offline', {}))).at).toBe('check'));

test('words are backed up only after their check, whatever comes in between', () => {
  const anyEvent = fc.constantFrom<BackupEvent>(
    ...toCheck,
    { type: 'looked-again' },
    { type: 'edited' },
    refusedWith(new DomainError('WordsDiffer', { wordIndex: 0 })),
    refusedWith(new DomainError('PinNeededAgain', {})),
    { type: 'confirmed' },
  );
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      let flow = beginBackup;
      for (const event of events) {
        const next = advanceBackup(flow, event);
        if (next.at === 'done' && flow.at !== 'done')
          expect([flow.at, event.type]).toEqual(['check', 'confirmed']);
        if ('words' in next && !('words' in flow)) expect(event.type).toBe('opened');
        flow = next;
      }
    }),
  );
});
