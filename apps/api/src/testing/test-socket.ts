import { parseTeamMessage, socketPath, type TeamMessage } from '@hexkey/contract';
import {
  decodeServerFrame,
  deviceHpkeKeyStatement,
  encodeDeviceFrame,
  type KeyPair,
  signEd25519,
  socketHelloStatement,
  type TeamPush,
  teamSealContext,
  toBase64url,
  verifyTeamText,
} from '@hexkey/protocol';
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { WebSocket } from 'ws';
import type { Person } from './journeys.ts';
import type { TestApi } from './test-api.ts';

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});
export type HpkePair = Awaited<ReturnType<typeof suite.kem.generateKeyPair>>;

/** Makes and publishes the key that messages to a device are sealed to. */
export async function publishKey({ device, session }: Person): Promise<HpkePair> {
  const pair = await suite.kem.generateKeyPair();
  const hpkeKey = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  const { accountId, sessionId } = session;
  const signature = signEd25519(device.pair, deviceHpkeKeyStatement({ accountId, sessionId, hpkeKey }));
  const body = { hpkeKey: toBase64url(hpkeKey), signature: toBase64url(signature) };
  const answer = await device.call('publishDeviceKey', { as: { sessionId }, body });
  if (answer.status !== 204) throw new Error(`publishDeviceKey: ${answer.status}`);
  return pair;
}

/** Opens a push as its device does: null when it does not open or Team Hexkey did not sign it. */
export async function openPush(
  api: TestApi,
  { session: { accountId, sessionId } }: Person,
  recipientKey: HpkePair,
  push: TeamPush,
): Promise<TeamMessage | null> {
  const to = { accountId, sessionId, envelopeId: push.envelopeId };
  const { info, aad } = teamSealContext(to);
  const buffer = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
  const params = { recipientKey, enc: buffer(push.encapsulatedKey), info: buffer(info) };
  const opened = await suite.open(params, buffer(push.ciphertext), buffer(aad)).catch(() => null);
  const text = opened && verifyTeamText(api.teamPublicKey, to, new Uint8Array(opened));
  return text ? parseTeamMessage(text) : null;
}

export interface TestSocket {
  /** Every push so far, oldest first. */
  readonly pushes: TeamPush[];
  readonly socket: WebSocket;
  /** The code it was closed with. */
  readonly closed: Promise<number>;
  ack(...envelopeIds: string[]): void;
}

/** A device's socket up to its hello. @param claim replaces what an honest device would say */
export async function openSocket(
  api: TestApi,
  { device, session }: Person,
  claim: { readonly pair?: KeyPair; readonly client?: string; readonly silent?: true } = {},
): Promise<TestSocket> {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}${socketPath}`);
  const pushes: TeamPush[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.on('message', (data) => {
      const frame = decodeServerFrame(new Uint8Array(data as Buffer));
      if (frame.type === 'team') pushes.push(frame);
      if (frame.type === 'welcome') resolve();
      if (frame.type !== 'challenge') return;
      if (claim.silent) return resolve();
      const { sessionId } = session;
      const statement = socketHelloStatement({ nonce: frame.nonce, sessionId });
      const signature = signEd25519(claim.pair ?? device.pair, statement);
      socket.send(
        encodeDeviceFrame({ type: 'hello', sessionId, client: claim.client ?? 'web/0.1.0', signature }),
      );
    });
  });
  const ack = (...envelopeIds: string[]) => socket.send(encodeDeviceFrame({ type: 'ack', envelopeIds }));
  return { pushes, socket, closed, ack };
}

/** Everything that waits for a device, read over a socket of its own and acked. */
export async function readMessages(
  api: TestApi,
  person: Person,
  pair: HpkePair,
  count: number,
): Promise<TeamMessage[]> {
  const { socket, pushes, ack } = await openSocket(api, person);
  await until(() => pushes.length >= count);
  const messages = [];
  for (const push of pushes) {
    const message = await openPush(api, person, pair, push);
    if (message === null) throw new Error('a push that does not open');
    messages.push(message);
  }
  ack(...pushes.map(({ envelopeId }) => envelopeId));
  const isEmpty = async () => (await api.waitingFor(person.session.sessionId)) === 0;
  await until(isEmpty);
  socket.close();
  return messages;
}

/** Waits until something holds, looking again whenever the event loop comes round. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
