import type { AnswerOf, RouteName, routes } from '@hexkey/contract';
import {
  type GroupCrypto,
  memoryGroupStore,
  openGroupCrypto,
  type PendingCommit,
} from '@hexkey/group-crypto';
import {
  type DeviceFrame,
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  makeCredential,
  Secret,
  toBase64url,
  utf8,
  verifyCredential,
} from '@hexkey/protocol';
import { newUuid } from '../identifiers.ts';
import { openChatSocket } from './chat-socket.ts';
import type { PersonWithPin } from './journeys.ts';
import type { TestApi } from './test-api.ts';
import type { Answer } from './test-device.ts';

export type Claim = AnswerOf<typeof routes.claimKeyPackages>;

/** The account identity keys of a test: one for each account, however many devices it has. */
const accountKeys = new Map<string, KeyPair>();

/** A device of a person, with real group encryption and no memory beyond it. */
export interface ChatDevice {
  readonly person: PersonWithPin;
  readonly accountId: string;
  readonly deviceId: string;
  readonly crypto: GroupCrypto;
  call(name: RouteName, options?: { readonly body?: unknown; readonly query?: string }): Promise<Answer>;
  publish(count?: number): Promise<Answer>;
  claim(of: { readonly hexkeyId: string } | { readonly accountId: string }): Promise<Claim>;
  /** Hands a prepared commit in. */
  handIn(pending: PendingCommit, clientMessageId?: string): Promise<Answer>;
  /** Begins a group with exactly these devices and hands its first commit in; it comes back over the socket. */
  begin(groupId: string, kind: 'direct' | 'group', peers: readonly ChatDevice[]): Promise<Answer>;
  commit(
    groupId: string,
    changes: { readonly add?: readonly Uint8Array[]; readonly remove?: readonly number[] },
  ): Promise<Answer>;
  connect(): ReturnType<typeof openChatSocket>;
  /** A message as its frame. */
  message(
    groupId: string,
    text: string,
    clientMessageId?: string,
  ): Promise<Omit<Extract<DeviceFrame, { type: 'send' }>, 'id'>>;
}

export async function chatDevice(api: TestApi, person: PersonWithPin): Promise<ChatDevice> {
  const { accountId, sessionId: deviceId } = person.session;
  const crypto = await openGroupCrypto({
    store: memoryGroupStore(),
    device: { accountId, deviceId },
    validate: async (identity, key) => {
      const credential = verifyCredential(identity, key);
      return credential === null ? null : { ...credential, accountKey: credential.aik };
    },
    random: api.random,
    clock: api.clock,
  });
  const aik = accountKeys.get(accountId) ?? keyPairOfSeed(new Secret(api.random(32)));
  accountKeys.set(accountId, aik);
  await crypto.setCredential(makeCredential(aik, { accountId, deviceId }, await crypto.signatureKey()));

  const call: ChatDevice['call'] = (name, options = {}) =>
    person.device.call(name, { as: { sessionId: deviceId }, ...options });
  const partsOf = (pending: PendingCommit) => ({
    commit: toBase64url(pending.commit),
    welcome: pending.welcome === null ? null : toBase64url(pending.welcome),
    groupInfo: toBase64url(pending.groupInfo),
  });
  const claim: ChatDevice['claim'] = async (of) => (await call('claimKeyPackages', { body: of })).body;
  const packagesOf = async (peers: readonly ChatDevice[]) => {
    const packages: Uint8Array[] = [];
    for (const accountId of new Set(peers.map((peer) => peer.accountId))) {
      const { devices } = await claim({ hexkeyId: await api.hexkeyIdOf(accountId) });
      const wanted = devices.filter((each) => peers.some((peer) => peer.deviceId === each.deviceId));
      packages.push(...wanted.map(({ keyPackage }) => fromBase64url(keyPackage)));
    }
    return packages;
  };
  const handIn: ChatDevice['handIn'] = (pending, clientMessageId = newUuid(api.random)) =>
    call('commitToGroup', {
      body: { groupId: pending.groupId, clientMessageId, epoch: pending.epoch, ...partsOf(pending) },
    });
  return {
    person,
    accountId,
    deviceId,
    crypto,
    call,
    claim,
    handIn,
    async publish(count = 5) {
      const keyPackages = (await crypto.makeKeyPackages(count)).map(toBase64url);
      const lastResort = toBase64url(await crypto.makeLastResort());
      return call('publishKeyPackages', { body: { keyPackages, lastResort } });
    },
    async begin(groupId, kind, peers) {
      await crypto.create(groupId);
      const pending = await crypto.prepareCommit(groupId, { add: await packagesOf(peers) });
      const other = peers.find((peer) => peer.accountId !== accountId);
      const peerAccountId = kind === 'direct' ? (other?.accountId ?? null) : null;
      const body = {
        groupId,
        kind,
        peerAccountId,
        clientMessageId: newUuid(api.random),
        ...partsOf(pending),
      };
      return call('createGroup', { body });
    },
    async commit(groupId, changes) {
      return handIn(await crypto.prepareCommit(groupId, changes));
    },
    connect: () => openChatSocket(api, person),
    async message(groupId, text, clientMessageId = newUuid(api.random)) {
      const { epoch, ciphertext } = await crypto.encrypt(groupId, clientMessageId, utf8(text));
      return { type: 'send', groupId, epoch, clientMessageId, body: ciphertext, transient: false };
    },
  };
}
