import { fromHex, toHex, utf8 } from '@hexkey/protocol';
import { decodeMlsMessage, encodeMlsMessage } from 'ts-mls';
import { decodeAuthenticatedContent } from 'ts-mls/authenticatedContent.js';
import { decodeCommit, encodeCommit } from 'ts-mls/commit.js';
import { verifyConfirmationTag } from 'ts-mls/framedContent.js';
import { verifyGroupInfoConfirmationTag, verifyGroupInfoSignature } from 'ts-mls/groupInfo.js';
import { decodeGroupSecrets, encodeGroupSecrets } from 'ts-mls/groupSecrets.js';
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import { defaultKeyRetentionConfig } from 'ts-mls/keyRetentionConfig.js';
import { protectApplicationData, unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { unprotectPublicMessage } from 'ts-mls/messageProtectionPublic.js';
import { defaultPaddingConfig } from 'ts-mls/paddingConfig.js';
import { decodeProposal, encodeProposal } from 'ts-mls/proposal.js';
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { createSecretTree } from 'ts-mls/secretTree.js';
import { createConfirmedHash, createInterimHash } from 'ts-mls/transcriptHash.js';
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js';
import { expect, test } from 'vitest';
import { readMessage } from '../mls/message-bytes.ts';
import { decodeHex, readVectors, vectorSuite as suite } from '../testing/read-vectors.ts';

/** The bare structures among the messages, and what would stand before them in a Proposal (section 12.1). */
const proposalTypes: Readonly<Record<string, string>> = {
  add_proposal: '0001',
  update_proposal: '0002',
  remove_proposal: '0003',
  pre_shared_key_proposal: '0004',
  re_init_proposal: '0005',
  external_init_proposal: '0006',
  group_context_extensions_proposal: '0007',
};

function encodedAgain(name: string, hex: string): string {
  const type = proposalTypes[name];
  if (type !== undefined)
    return toHex(encodeProposal(decodeHex(decodeProposal, type + hex))).slice(type.length);
  if (name === 'ratchet_tree') return toHex(encodeRatchetTree(decodeHex(decodeRatchetTree, hex)));
  if (name === 'group_secrets') return toHex(encodeGroupSecrets(decodeHex(decodeGroupSecrets, hex)));
  if (name === 'commit') return toHex(encodeCommit(decodeHex(decodeCommit, hex)));
  return toHex(encodeMlsMessage(decodeHex(decodeMlsMessage, hex)));
}

test('every structure on the wire is decoded and encoded to the same bytes, 300 of each', () => {
  const vectors = readVectors<Record<string, string>>('messages');
  expect(vectors).toHaveLength(300);
  for (const vector of vectors)
    for (const [name, hex] of Object.entries(vector))
      if (encodedAgain(name, hex) !== hex) expect.fail(`${name} is encoded differently`);
});

interface ProtectionVector
  extends Record<
    | 'group_id'
    | 'tree_hash'
    | 'confirmed_transcript_hash'
    | 'signature_priv'
    | 'signature_pub'
    | 'encryption_secret'
    | 'sender_data_secret'
    | 'membership_key'
    | 'proposal'
    | 'proposal_priv'
    | 'proposal_pub'
    | 'commit'
    | 'commit_priv'
    | 'commit_pub'
    | 'application'
    | 'application_priv',
    string
  > {
  epoch: number;
}

test.each(readVectors<ProtectionVector>('message-protection'))(
  'message protection of section 6',
  async (vector) => {
    const context = {
      version: 'mls10' as const,
      cipherSuite: suite.name,
      groupId: fromHex(vector.group_id),
      epoch: BigInt(vector.epoch),
      treeHash: fromHex(vector.tree_hash),
      confirmedTranscriptHash: fromHex(vector.confirmed_transcript_hash),
      extensions: [],
    };
    const signatureKey = fromHex(vector.signature_pub);
    const senderDataSecret = fromHex(vector.sender_data_secret);
    const freshTree = () => createSecretTree(2, fromHex(vector.encryption_secret), suite.kdf);
    const openPrivate = async (bytes: Uint8Array) => {
      const message = readMessage(bytes, 'mls_private_message')?.privateMessage ?? expect.fail('not private');
      const config = defaultKeyRetentionConfig;
      const tree = await freshTree();
      const opened = await unprotectPrivateMessage(
        senderDataSecret,
        message,
        tree,
        [],
        context,
        config,
        suite,
        signatureKey,
      );
      return opened.content.content;
    };
    const openPublic = async (bytes: Uint8Array) => {
      const message = readMessage(bytes, 'mls_public_message')?.publicMessage ?? expect.fail('not public');
      const key = fromHex(vector.membership_key);
      return (await unprotectPublicMessage(key, context, [], message, suite, signatureKey)).content;
    };
    for (const content of [
      await openPrivate(fromHex(vector.proposal_priv)),
      await openPublic(fromHex(vector.proposal_pub)),
    ])
      expect(content.contentType === 'proposal' && toHex(encodeProposal(content.proposal))).toBe(
        vector.proposal,
      );
    for (const content of [
      await openPrivate(fromHex(vector.commit_priv)),
      await openPublic(fromHex(vector.commit_pub)),
    ])
      expect(content.contentType === 'commit' && toHex(encodeCommit(content.commit))).toBe(vector.commit);
    const application = await openPrivate(fromHex(vector.application_priv));
    expect(application.contentType === 'application' && toHex(application.applicationData)).toBe(
      vector.application,
    );

    const { privateMessage } = await protectApplicationData(
      fromHex(vector.signature_priv),
      senderDataSecret,
      fromHex(vector.application),
      utf8('authenticated'),
      context,
      await freshTree(),
      1,
      defaultPaddingConfig,
      suite,
    );
    const own = await openPrivate(
      encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage }),
    );
    expect(own.contentType === 'application' && toHex(own.applicationData)).toBe(vector.application);
  },
);

type TranscriptVector = Record<
  | 'confirmation_key'
  | 'authenticated_content'
  | 'interim_transcript_hash_before'
  | 'confirmed_transcript_hash_after'
  | 'interim_transcript_hash_after',
  string
>;

test('transcript hashes of section 8.2, 100 of them', async () => {
  for (const vector of readVectors<TranscriptVector>('transcript-hashes')) {
    const { wireformat, content, auth } = decodeHex(decodeAuthenticatedContent, vector.authenticated_content);
    if (content.contentType !== 'commit' || auth.contentType !== 'commit') expect.fail('not a commit');
    const before = fromHex(vector.interim_transcript_hash_before);
    const confirmed = await createConfirmedHash(
      before,
      { wireformat, content, signature: auth.signature },
      suite.hash,
    );
    expect(toHex(confirmed)).toBe(vector.confirmed_transcript_hash_after);
    expect(toHex(await createInterimHash(confirmed, auth.confirmationTag, suite.hash))).toBe(
      vector.interim_transcript_hash_after,
    );
    const key = fromHex(vector.confirmation_key);
    expect(await verifyConfirmationTag(key, auth.confirmationTag, confirmed, suite.hash)).toBe(true);
  }
});

type WelcomeVector = Record<'init_priv' | 'key_package' | 'signer_pub' | 'welcome', string>;

test.each(readVectors<WelcomeVector>('welcome'))('a welcome of section 12.4.3.1', async (vector) => {
  const { welcome } = readMessage(fromHex(vector.welcome), 'mls_welcome') ?? expect.fail('no welcome');
  const { keyPackage } = readMessage(fromHex(vector.key_package), 'mls_key_package') ?? expect.fail('none');
  const initKey = await suite.hpke.importPrivateKey(fromHex(vector.init_priv));
  const reference = await makeKeyPackageRef(keyPackage, suite.hash);
  const secrets = (await decryptGroupSecrets(initKey, reference, welcome, suite.hpke)) ?? expect.fail('none');
  const noPsk = new Uint8Array(suite.kdf.size);
  const info =
    (await decryptGroupInfo(welcome, secrets.joinerSecret, noPsk, suite)) ?? expect.fail('no group info');
  expect(await verifyGroupInfoSignature(info, fromHex(vector.signer_pub), suite.signature)).toBe(true);
  expect(await verifyGroupInfoConfirmationTag(info, secrets.joinerSecret, noPsk, suite)).toBe(true);
});
