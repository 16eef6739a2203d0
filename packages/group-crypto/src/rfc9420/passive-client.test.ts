import { fromHex, toHex } from '@hexkey/protocol';
import { acceptAll, bytesToBase64, decodeMlsMessage, joinGroup, makePskIndex, processMessage } from 'ts-mls';
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { expect, test } from 'vitest';
import { readMessage } from '../mls/message-bytes.ts';
import { decodeHex, readVectors, vectorSuite as suite } from '../testing/read-vectors.ts';

interface PassiveClientVector {
  external_psks: readonly { psk_id: string; psk: string }[];
  key_package: string;
  signature_priv: string;
  encryption_priv: string;
  init_priv: string;
  welcome: string;
  ratchet_tree: string | null;
  initial_epoch_authenticator: string;
  epochs: readonly { proposals: readonly string[]; commit: string; epoch_authenticator: string }[];
}

const cases = ['passive-client-welcome', 'passive-client-handling-commit', 'passive-client-random'].flatMap(
  (name) =>
    readVectors<PassiveClientVector>(name).map((vector, index) => ({ name: `${name} ${index}`, vector })),
);

test.each(cases)(
  '$name: a client that only listens derives the keys of every epoch',
  async ({ vector }) => {
    const psks = Object.fromEntries(
      vector.external_psks.map(({ psk_id: id, psk }) => [bytesToBase64(fromHex(id)), fromHex(psk)]),
    );
    const { welcome } = readMessage(fromHex(vector.welcome), 'mls_welcome') ?? expect.fail('no welcome');
    const { keyPackage } = readMessage(fromHex(vector.key_package), 'mls_key_package') ?? expect.fail('none');
    let state = await joinGroup(
      welcome,
      keyPackage,
      {
        initPrivateKey: fromHex(vector.init_priv),
        hpkePrivateKey: fromHex(vector.encryption_priv),
        signaturePrivateKey: fromHex(vector.signature_priv),
      },
      makePskIndex(undefined, psks),
      suite,
      vector.ratchet_tree === null ? undefined : decodeHex(decodeRatchetTree, vector.ratchet_tree),
    );
    expect(toHex(state.keySchedule.epochAuthenticator)).toBe(vector.initial_epoch_authenticator);
    for (const epoch of vector.epochs) {
      for (const hex of [...epoch.proposals, epoch.commit]) {
        const message = decodeHex(decodeMlsMessage, hex);
        if (message.wireformat !== 'mls_public_message' && message.wireformat !== 'mls_private_message')
          expect.fail('neither public nor private');
        const result = await processMessage(message, state, makePskIndex(state, psks), acceptAll, suite);
        state = result.newState;
      }
      expect(toHex(state.keySchedule.epochAuthenticator)).toBe(epoch.epoch_authenticator);
    }
  },
  300_000,
);
