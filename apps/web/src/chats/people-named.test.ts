import type { PersonView } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { peopleNamed } from './people-named.ts';

const aPerson = (hexkeyId: string, name: string | null): PersonView => ({
  hexkeyId,
  name,
  avatarId: null,
  kind: 'person',
  relation: 'contact',
});
const people = [aPerson('60221407', 'Grace Hopper'), aPerson('16180339', null), aPerson('13806490', 'Émile')];
const found = (text: string) => peopleNamed(people, text).map(({ hexkeyId }) => hexkeyId);

test.each([
  ['', ['60221407', '16180339', '13806490']],
  ['  hop', ['60221407']],
  ['ÉM', ['13806490']],
  ['1618 03', ['16180339']],
  ['1', ['16180339', '13806490']],
  ['407', []],
  ['nobody', []],
])('%j finds %j', (text, ids) => expect(found(text)).toEqual(ids));
