import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockKey } from '../app-lock/kept-lock.ts';
import { createSeats, firstSeat } from './seats.ts';

function aStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

let counter = 0;
const newUuid = () => {
  counter += 1;
  return `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`;
};
const ada = { accountId: 'a', hexkeyId: '1000', name: 'Ada' };
const ben = { accountId: 'b', hexkeyId: '2000', name: null };

test('a browser that knew one account goes on with its names', () => {
  expect(createSeats(aStorage(), aStorage(), newUuid).own).toBe(firstSeat);
});

test('a tab stays with its account, whatever other tabs choose; a new tab begins with the last choice', () => {
  const local = aStorage();
  const [one, other] = [aStorage(), aStorage()];
  createSeats(local, one, newUuid).note(ada);
  const second = createSeats(local, other, newUuid);
  const seat = second.newSeat();
  second.choose(seat);
  expect(createSeats(local, other, newUuid).own).toBe(seat);
  expect(createSeats(local, one, newUuid).own).toBe(firstSeat);
  expect(createSeats(local, aStorage(), newUuid).own).toBe(seat);
});

test('the others are told by name and number, and nothing else of them is kept', () => {
  const local = aStorage();
  const tab = aStorage();
  const first = createSeats(local, tab, newUuid);
  first.note({ ...ada, ...{ secret: 'x' } } as typeof ada);
  first.choose(first.newSeat());
  const second = createSeats(local, tab, newUuid);
  expect(second.note(ben)).toBeNull();
  expect(second.others()).toEqual([{ seat: firstSeat, hasLock: false, ...ada }]);
  expect(JSON.stringify(local.getItem(`hexkey/v1/seat/${firstSeat}`))).not.toContain('secret');
  second.clear();
  second.choose(firstSeat);
  expect(createSeats(local, tab, newUuid).others()).toEqual([]);
});

test('an account with an app lock is not named to the others', () => {
  const [local, tab] = [aStorage(), aStorage()];
  const first = createSeats(local, tab, newUuid);
  first.note(ada);
  local.setItem(lockKey(ada.accountId), '{}');
  first.choose(first.newSeat());
  const [other] = createSeats(local, tab, newUuid).others();
  expect(other).toEqual({ seat: firstSeat, hasLock: true, ...ada, name: null });
});

test('the app lock of an account goes with its seat, also when its login ended while no tab had it', () => {
  const [local, tab] = [aStorage(), aStorage()];
  const seats = createSeats(local, tab, newUuid);
  for (const leave of [() => seats.clear(), () => seats.note(ben)]) {
    seats.note(ada);
    for (const { accountId } of [ada, ben]) local.setItem(lockKey(accountId), '{}');
    leave();
    expect(local.getItem(lockKey(ada.accountId))).toBeNull();
    expect(local.getItem(lockKey(ben.accountId))).toBe('{}');
  }
});

test('what a tab kept for one account is not there for the next', () => {
  const [local, tab] = [aStorage(), aStorage()];
  tab.setItem('hexkey/v1/wanted-page', '/chats/secret');
  const seats = createSeats(local, tab, newUuid);
  seats.choose(seats.newSeat());
  expect(tab.getItem('hexkey/v1/wanted-page')).toBeNull();
});

test('an account that sits elsewhere already keeps that seat', () => {
  const [local, tab] = [aStorage(), aStorage()];
  const first = createSeats(local, tab, newUuid);
  first.note(ada);
  first.choose(first.newSeat());
  const second = createSeats(local, tab, newUuid);
  expect(second.note(ada)).toBe(firstSeat);
  expect(second.others()).toEqual([{ seat: firstSeat, hasLock: false, ...ada }]);
});

test('an account is there as soon as it is logged in, and keeps its name while its PIN is asked for again', () => {
  const [local, tab] = [aStorage(), aStorage()];
  const first = createSeats(local, tab, newUuid);
  const unnamed = { accountId: 'a', hexkeyId: null, name: null };
  first.note(unnamed);
  first.choose(first.newSeat());
  expect(createSeats(local, tab, newUuid).others()).toEqual([
    { seat: firstSeat, hasLock: false, ...unnamed },
  ]);
  first.note(ada);
  first.note(unnamed);
  expect(createSeats(local, tab, newUuid).others()).toEqual([{ seat: firstSeat, hasLock: false, ...ada }]);
});

test('whatever stands in storage, there is a seat and a list', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const [local, tab] = [aStorage(), aStorage()];
      for (const storage of [local, tab])
        for (const key of ['own-seat', 'last-seat', 'seat/first', `seat/${text}`])
          storage.setItem(`hexkey/v1/${key}`, text);
      const seats = createSeats(local, tab, newUuid);
      expect(seats.own).toBe(firstSeat);
      expect(seats.others()).toEqual([]);
    }),
  );
});
