import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RowMemory, type RowSource, rememberRows } from './row-memory.ts';

/** Rows that pages share. What is asked of them is answered some turns later, with what was there when it was asked. */
function sharedRows() {
  const rows = new Map<string, unknown>();
  let revision = 0;
  const asked = { revision: 0, get: 0, list: 0 };
  const later = async <T>(value: T) => {
    for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
    return value;
  };
  const source: RowSource = {
    async revision() {
      asked.revision += 1;
      return later(revision);
    },
    async get(key) {
      asked.get += 1;
      return later(rows.get(key) ?? null);
    },
    async list({ prefix }, known) {
      asked.list += 1;
      const found = [...rows].filter(([key]) => key.startsWith(prefix));
      await later(null);
      return Promise.all(found.map(async ([key, value]) => ({ key, value: await (known(key) ?? value) })));
    },
  };
  return {
    asked,
    source,
    write(key: string, value: unknown): number {
      if (value === null) rows.delete(key);
      else rows.set(key, value);
      revision += 1;
      return revision - 1;
    },
    now: (prefix: string) => [...rows].filter(([key]) => key.startsWith(prefix)).sort(),
  };
}

const listed = async (memory: RowMemory, prefix: string) =>
  (await memory.now.list({ prefix })).map(({ key, value }) => [key, value]).sort();

test('what was read is read once for each revision', async () => {
  const { source, asked, write } = sharedRows();
  write('a/1', 'one');
  const memory = rememberRows(source);
  for (let time = 0; time < 3; time += 1) {
    expect(await memory.now.get('a/1')).toBe('one');
    expect(await listed(memory, 'a/')).toEqual([['a/1', 'one']]);
  }
  expect(asked).toMatchObject({ get: 1, list: 1 });
});

test('those who ask while a question is on its way share the next one', async () => {
  const { source, asked } = sharedRows();
  const memory = rememberRows(source);
  const first = memory.revision();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 50 }, () => memory.now.get('a'))]);
  expect(asked.revision).toBe(2);
});

test('a question that fails is told to who asked, and the next one is answered', async () => {
  const { source, write } = sharedRows();
  write('a', 'one');
  let failures = 2;
  const failing = async <T>(answer: () => Promise<T>) => {
    failures -= 1;
    if (failures >= 0) throw new Error('no store');
    return answer();
  };
  const memory = rememberRows({
    ...source,
    revision: () => failing(source.revision),
    get: (key) => failing(() => source.get(key)),
  });
  await expect(memory.now.get('a')).rejects.toThrow('no store');
  failures = 0;
  const get = source.get;
  const once = rememberRows({
    ...source,
    get: (key) => {
      failures += 1;
      return failures === 1 ? Promise.reject(new Error('no store')) : get(key);
    },
  });
  await expect(once.now.get('a')).rejects.toThrow('no store');
  expect(await once.now.get('a')).toBe('one');
});

test('what another page wrote over this page’s row stays known when this page is told of its own', async () => {
  const { source, write } = sharedRows();
  const memory = rememberRows(source);
  const at = await memory.revision();
  write('a', 'own');
  write('a', 'of the other page');
  // The next step begins before the one that wrote has been told.
  await memory.revision();
  memory.written(at, new Map([['a', 'own']]));
  expect(await memory.known.get('a')).toBe('of the other page');
});

const keys = ['a/1', 'a/2', 'b/1'];
const step = fc.oneof(
  fc.record({
    is: fc.constantFrom('own' as const, 'other' as const),
    key: fc.constantFrom(...keys),
    value: fc.option(fc.nat(9)),
  }),
  fc.record({ is: fc.constantFrom('get' as const), key: fc.constantFrom(...keys) }),
  fc.record({ is: fc.constant('list' as const), prefix: fc.constantFrom('a/', 'b/', '') }),
  fc.record({ is: fc.constant('turns' as const), count: fc.nat(8) }),
);

test('whatever was written before somebody asks is in the answer, whoever wrote it and whatever is on its way', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { source, write, now } = sharedRows();
      const memory = rememberRows(source);
      // Every answer must be of a state that there was from the question on.
      const history: (readonly [string, unknown][])[] = [now('')];
      const of = (state: readonly [string, unknown][], prefix: string) =>
        JSON.stringify(state.filter(([key]) => key.startsWith(prefix)));
      const checks: Promise<void>[] = [];
      const check = async (prefix: string, answer: Promise<unknown[]>) => {
        const since = history.length - 1;
        const got = JSON.stringify(await answer);
        const keysOf = JSON.parse(got) as [string, unknown][];
        // A list is of no one moment while somebody writes; each of its rows is.
        const possible = history.slice(since);
        if (possible.some((state) => of(state, prefix) === got)) return;
        for (const [key, value] of keysOf)
          expect(possible.map((state) => new Map(state).get(key))).toContainEqual(value);
        expect(possible.length).toBeGreaterThan(1);
      };
      for (const each of steps) {
        if (each.is === 'turns') for (let turn = 0; turn < each.count; turn += 1) await Promise.resolve();
        else if (each.is === 'get')
          checks.push(
            check(
              each.key,
              memory.now.get(each.key).then((value) => (value === null ? [] : [[each.key, value]])),
            ),
          );
        else if (each.is === 'list') checks.push(check(each.prefix, listed(memory, each.prefix)));
        else if (each.is === 'other') {
          write(each.key, each.value);
          history.push(now(''));
        } else {
          const at = await memory.revision();
          const wroteAt = write(each.key, each.value);
          history.push(now(''));
          // Only what nobody else has written over in between is this page's to tell.
          if (at === wroteAt) memory.written(at, new Map([[each.key, each.value]]));
        }
      }
      await Promise.all(checks);
      expect(await listed(memory, '')).toEqual(now(''));
      for (const key of keys) expect(await memory.now.get(key)).toBe(new Map(now('')).get(key) ?? null);
    }),
    { numRuns: 2000 },
  ));
