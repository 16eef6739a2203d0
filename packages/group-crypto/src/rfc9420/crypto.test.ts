import { fromHex, toHex } from '@hexkey/protocol';
import { mlsExporter } from 'ts-mls';
import { refhash } from 'ts-mls/crypto/hash.js';
import { decryptWithLabel, encryptWithLabel } from 'ts-mls/crypto/hpke.js';
import { deriveSecret, deriveTreeSecret, expandWithLabel } from 'ts-mls/crypto/kdf.js';
import { signWithLabel, verifyWithLabel } from 'ts-mls/crypto/signature.js';
import { encodeGroupContext } from 'ts-mls/groupContext.js';
import { defaultKeyRetentionConfig } from 'ts-mls/keyRetentionConfig.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { accumulatePskSecret } from 'ts-mls/pskIndex.js';
import { createSecretTree, deriveKey, deriveNonce, ratchetUntil } from 'ts-mls/secretTree.js';
import { expandSenderDataKey, expandSenderDataNonce } from 'ts-mls/sender.js';
import { leafToNodeIndex, toLeafIndex } from 'ts-mls/treemath.js';
import { expect, test } from 'vitest';
import { readVectors, vectorSuite as suite } from '../testing/read-vectors.ts';

interface Basics {
  ref_hash: { label: string; value: string; out: string };
  expand_with_label: { secret: string; label: string; context: string; length: number; out: string };
  derive_secret: { secret: string; label: string; out: string };
  derive_tree_secret: { secret: string; label: string; generation: number; length: number; out: string };
  sign_with_label: { priv: string; pub: string; content: string; label: string; signature: string };
  encrypt_with_label: {
    priv: string;
    pub: string;
    label: string;
    context: string;
    plaintext: string;
    kem_output: string;
    ciphertext: string;
  };
}

test.each(readVectors<Basics>('crypto-basics'))('the labelled functions of section 5', async (vector) => {
  const {
    ref_hash: ref,
    expand_with_label: expand,
    derive_secret: derive,
    derive_tree_secret: tree,
  } = vector;
  expect(toHex(await refhash(ref.label, fromHex(ref.value), suite.hash))).toBe(ref.out);
  const context = fromHex(expand.context);
  expect(
    toHex(await expandWithLabel(fromHex(expand.secret), expand.label, context, expand.length, suite.kdf)),
  ).toBe(expand.out);
  expect(toHex(await deriveSecret(fromHex(derive.secret), derive.label, suite.kdf))).toBe(derive.out);
  expect(
    toHex(await deriveTreeSecret(fromHex(tree.secret), tree.label, tree.generation, tree.length, suite.kdf)),
  ).toBe(tree.out);
  const { sign_with_label: signed, encrypt_with_label: sealed } = vector;
  const content = fromHex(signed.content);
  const publicKey = fromHex(signed.pub);
  expect(
    await verifyWithLabel(publicKey, signed.label, content, fromHex(signed.signature), suite.signature),
  ).toBe(true);
  const own = await signWithLabel(fromHex(signed.priv), signed.label, content, suite.signature);
  expect(toHex(own)).toBe(signed.signature);
  const privateKey = await suite.hpke.importPrivateKey(fromHex(sealed.priv));
  const open = (kemOutput: Uint8Array, ciphertext: Uint8Array) =>
    decryptWithLabel(privateKey, sealed.label, fromHex(sealed.context), kemOutput, ciphertext, suite.hpke);
  expect(toHex(await open(fromHex(sealed.kem_output), fromHex(sealed.ciphertext)))).toBe(sealed.plaintext);
  const receiver = await suite.hpke.importPublicKey(fromHex(sealed.pub));
  const plaintext = fromHex(sealed.plaintext);
  const { enc, ct } = await encryptWithLabel(
    receiver,
    sealed.label,
    fromHex(sealed.context),
    plaintext,
    suite.hpke,
  );
  expect(toHex(await open(enc, ct))).toBe(sealed.plaintext);
});

interface KeyScheduleVector {
  group_id: string;
  initial_init_secret: string;
  epochs: readonly (Record<
    | 'tree_hash'
    | 'commit_secret'
    | 'psk_secret'
    | 'confirmed_transcript_hash'
    | 'group_context'
    | 'joiner_secret'
    | 'welcome_secret'
    | 'init_secret'
    | 'sender_data_secret'
    | 'encryption_secret'
    | 'exporter_secret'
    | 'epoch_authenticator'
    | 'external_secret'
    | 'confirmation_key'
    | 'membership_key'
    | 'resumption_psk'
    | 'external_pub',
    string
  > & { exporter: { label: string; context: string; length: number; secret: string } })[];
}

test.each(readVectors<KeyScheduleVector>('key-schedule'))('the key schedule of section 8', async (vector) => {
  let initSecret: Uint8Array = fromHex(vector.initial_init_secret);
  for (const [index, epoch] of vector.epochs.entries()) {
    const context = {
      version: 'mls10',
      cipherSuite: suite.name,
      groupId: fromHex(vector.group_id),
      epoch: BigInt(index),
      treeHash: fromHex(epoch.tree_hash),
      confirmedTranscriptHash: fromHex(epoch.confirmed_transcript_hash),
      extensions: [],
    } as const;
    const groupContext = { ...context, extensions: [] };
    expect(toHex(encodeGroupContext(groupContext))).toBe(epoch.group_context);
    const [commit, psk] = [fromHex(epoch.commit_secret), fromHex(epoch.psk_secret)];
    const secrets = await initializeEpoch(initSecret, commit, groupContext, psk, suite.kdf);
    const { keySchedule } = secrets;
    const external = await suite.hpke.deriveKeyPair(keySchedule.externalSecret);
    const { label, context: exporterContext, length } = epoch.exporter;
    expect({
      joiner: toHex(secrets.joinerSecret),
      welcome: toHex(secrets.welcomeSecret),
      encryption: toHex(secrets.encryptionSecret),
      init: toHex(keySchedule.initSecret),
      senderData: toHex(keySchedule.senderDataSecret),
      exporter: toHex(keySchedule.exporterSecret),
      authenticator: toHex(keySchedule.epochAuthenticator),
      external: toHex(keySchedule.externalSecret),
      confirmation: toHex(keySchedule.confirmationKey),
      membership: toHex(keySchedule.membershipKey),
      resumption: toHex(keySchedule.resumptionPsk),
      externalPub: toHex(await suite.hpke.exportPublicKey(external.publicKey)),
      exported: toHex(
        await mlsExporter(keySchedule.exporterSecret, label, fromHex(exporterContext), length, suite),
      ),
    }).toEqual({
      joiner: epoch.joiner_secret,
      welcome: epoch.welcome_secret,
      encryption: epoch.encryption_secret,
      init: epoch.init_secret,
      senderData: epoch.sender_data_secret,
      exporter: epoch.exporter_secret,
      authenticator: epoch.epoch_authenticator,
      external: epoch.external_secret,
      confirmation: epoch.confirmation_key,
      membership: epoch.membership_key,
      resumption: epoch.resumption_psk,
      externalPub: epoch.external_pub,
      exported: epoch.exporter.secret,
    });
    initSecret = keySchedule.initSecret;
  }
});

interface SecretTreeVector {
  encryption_secret: string;
  sender_data: { sender_data_secret: string; ciphertext: string; key: string; nonce: string };
  leaves: readonly (readonly (Record<
    'application_key' | 'application_nonce' | 'handshake_key' | 'handshake_nonce',
    string
  > & { generation: number })[])[];
}

test.each(readVectors<SecretTreeVector>('secret-tree'))(
  'the secret tree of section 9, vector %#',
  async (vector) => {
    const { sender_data_secret: secret, ciphertext, key, nonce } = vector.sender_data;
    expect(toHex(await expandSenderDataKey(suite, fromHex(secret), fromHex(ciphertext)))).toBe(key);
    expect(toHex(await expandSenderDataNonce(suite, fromHex(secret), fromHex(ciphertext)))).toBe(nonce);
    const tree = await createSecretTree(vector.leaves.length, fromHex(vector.encryption_secret), suite.kdf);
    for (const [leaf, generations] of vector.leaves.entries()) {
      const node = tree[leafToNodeIndex(toLeafIndex(leaf))] ?? expect.fail('no leaf');
      for (const expected of generations) {
        const { generation } = expected;
        const config = { ...defaultKeyRetentionConfig, maximumForwardRatchetSteps: 4096 };
        const [application] = await ratchetUntil(node.application, generation, config, suite.kdf);
        const [handshake] = await ratchetUntil(node.handshake, generation, config, suite.kdf);
        expect(toHex(await deriveKey(application.secret, generation, suite))).toBe(expected.application_key);
        expect(toHex(await deriveNonce(application.secret, generation, suite))).toBe(
          expected.application_nonce,
        );
        expect(toHex(await deriveKey(handshake.secret, generation, suite))).toBe(expected.handshake_key);
        expect(toHex(await deriveNonce(handshake.secret, generation, suite))).toBe(expected.handshake_nonce);
      }
    }
  },
);

interface PskVector {
  psks: readonly { psk_id: string; psk: string; psk_nonce: string }[];
  psk_secret: string;
}

test.each(readVectors<PskVector>('psk-secret'))(
  'the PSK secret of section 8.4, vector %#',
  async (vector) => {
    const psks = new Map(vector.psks.map((entry) => [entry.psk_id, fromHex(entry.psk)]));
    const ids = vector.psks.map((entry) => ({
      psktype: 'external' as const,
      pskId: fromHex(entry.psk_id),
      pskNonce: fromHex(entry.psk_nonce),
    }));
    const find = {
      findPsk: (id: object) => ('pskId' in id ? psks.get(toHex(id.pskId as Uint8Array)) : undefined),
    };
    const [secret] = await accumulatePskSecret(ids, find, suite, new Uint8Array(suite.kdf.size));
    expect(toHex(secret)).toBe(vector.psk_secret);
  },
);
