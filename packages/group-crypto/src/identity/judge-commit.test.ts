import { describe, expect, test } from 'vitest';
import type { GroupMember } from '../group-crypto.ts';
import { type CommitOutline, judgeCommit, judgeOutline, judgeRoster } from './judge-commit.ts';

/** `account.device` on a leaf; the account's key is its name, the device's key its whole name, unless said otherwise. */
function member(
  leafIndex: number,
  name: string,
  keys: { account?: string; device?: string } = {},
): GroupMember {
  const [accountId = '', deviceId = ''] = name.split('.');
  const bytes = (text: string) => new TextEncoder().encode(text);
  return {
    leafIndex,
    accountId,
    deviceId,
    accountKey: bytes(keys.account ?? accountId),
    signatureKey: bytes(keys.device ?? name),
    identity: bytes(name),
  };
}

const before = [member(0, 'ana.1'), member(1, 'ana.2'), member(2, 'bob.1')];
const external = (...removedLeaves: number[]): CommitOutline => ({
  committer: 'external',
  removedLeaves,
  proposals: ['external_init', ...removedLeaves.map(() => 'remove')],
  allInline: true,
});
const byMember = (committer: number, ...removedLeaves: number[]): CommitOutline => ({
  committer,
  removedLeaves,
  proposals: removedLeaves.map(() => 'remove'),
  allInline: true,
});

describe('who may join by an external commit', () => {
  test('a device of an account that is a member, in the place of its old leaf or of another of its own', () => {
    const after = [member(0, 'ana.3'), member(1, 'ana.2'), member(2, 'bob.1')];
    expect(judgeCommit(external(0), before, after)).toEqual({ ok: true });
    const inPlace = [member(0, 'ana.1'), member(1, 'ana.2'), member(2, 'bob.1')];
    expect(judgeCommit(external(0), before, inPlace)).toEqual({ ok: true });
  });

  test('nobody whose account is no member: a server cannot add a ghost', () => {
    const after = [...before, member(3, 'eve.1')];
    expect(judgeCommit(external(), before, after)).toMatchObject({ ok: false });
  });

  test('nobody with another account key than the account’s other leaves have', () => {
    const after = [...before, member(3, 'ana.3', { account: 'key of a server' })];
    expect(judgeCommit(external(), before, after)).toMatchObject({ ok: false });
  });

  test('nobody who takes out a leaf of another account', () => {
    const after = [member(0, 'ana.1'), member(1, 'ana.2'), member(2, 'ana.3')];
    expect(judgeCommit(external(2), before, after)).toMatchObject({ ok: false });
  });

  test('nobody who brings another one along', () => {
    const after = [...before, member(3, 'ana.3'), member(4, 'ana.4')];
    expect(judgeCommit(external(), before, after)).toMatchObject({ ok: false });
  });
});

describe('what a member may commit', () => {
  test('adds of anybody and removals of anybody: roles are for the conversation to judge', () => {
    const after = [member(0, 'ana.1'), member(1, 'ana.2'), member(2, 'cem.1')];
    expect(judgeCommit(byMember(0, 2), before, after)).toEqual({ ok: true });
  });

  test('it stays who it was', () => {
    const renamed = [member(0, 'ana.9'), member(1, 'ana.2'), member(2, 'bob.1')];
    expect(judgeCommit(byMember(0), before, renamed)).toMatchObject({ ok: false });
    const rekeyed = [member(0, 'ana.1', { account: 'other' }), member(1, 'ana.2'), member(2, 'bob.1')];
    expect(judgeCommit(byMember(0), before, rekeyed)).toMatchObject({ ok: false });
  });
});

test('no device and no signature key is in a group twice', () => {
  expect(judgeRoster(before)).toEqual({ ok: true });
  expect(judgeRoster([...before, member(3, 'ana.1', { device: 'another key' })])).toMatchObject({
    ok: false,
  });
  expect(judgeRoster([...before, member(3, 'cem.1', { device: 'bob.1' })])).toMatchObject({ ok: false });
});

describe('an outline', () => {
  test.each([
    ['a proposal that was sent before', { ...byMember(0), allInline: false }],
    ['a pre-shared key', { ...byMember(0), proposals: ['psk'] }],
    ['other group extensions', { ...byMember(0), proposals: ['group_context_extensions'] }],
    ['a reinitialization', { ...byMember(0), proposals: ['reinit'] }],
    ['an external add', { ...external(), proposals: ['external_init', 'add'] }],
    ['a joiner without external_init', { ...external(), proposals: ['remove'] }],
    ['a member with external_init', { ...byMember(0), proposals: ['external_init'] }],
    ['a proposal of another kind', { ...byMember(0), proposals: [0x0a0a] }],
    ['one leaf removed twice', byMember(0, 2, 2)],
  ])('with %s is refused', (_, outline) => {
    expect(judgeOutline(outline)).toMatchObject({ ok: false });
  });

  test('of adds and removals is fine', () => {
    expect(judgeOutline({ ...byMember(0, 2), proposals: ['remove', 'add'] })).toEqual({ ok: true });
    expect(judgeOutline(external(0))).toEqual({ ok: true });
  });
});
