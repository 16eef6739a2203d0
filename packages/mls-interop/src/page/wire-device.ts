import {
  CipherSuite,
  ClientId,
  type CommitBundle,
  ConversationId,
  CoreCrypto,
  type CoreCryptoContext,
  Credential,
  type CredentialRef,
  Database,
  DecryptedMessage,
  DeviceId,
  GroupInfo,
  KeyPackage,
  Uuid,
  Welcome,
} from '@wireapp/core-crypto/browser';

const suite = CipherSuite.Mls128Dhkemx25519Aes128gcmSha256Ed25519;

/** What stands before a KeyPackage in an MLSMessage (RFC 9420 section 6): mls10, mls_key_package. It passes them bare. */
const keyPackageHead = [0, 1, 0, 5];
const groupInfoHead = [0, 1, 0, 4];

/** Both sides name their devices as the other implementation wants them. */
export function clientIdOf(number: number): ClientId {
  const user = new Uuid(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  return new ClientId(user, new DeviceId(BigInt(number)), 'other.example');
}

/** What its commits need of the server: they are taken to be accepted at once. */
export type OnCommit = (bundle: CommitBundle) => void;

/** A device of the other implementation, in memory. */
export async function wireDevice(number: number, onCommit: OnCommit) {
  const crypto = CoreCrypto.new(await Database.inMemory());
  const inTransaction = <R>(work: (context: CoreCryptoContext) => Promise<R>) => crypto.transaction(work);
  const credential: CredentialRef = await inTransaction(async (context) => {
    await context.mlsInit(clientIdOf(number), {
      sendCommitBundle: async (bundle) => onCommit(bundle),
      prepareForTransport: async () => new Uint8Array(0),
    });
    return context.addCredential(Credential.basic(suite, clientIdOf(number)));
  });
  const conversation = (groupId: string) => new ConversationId(new TextEncoder().encode(groupId));
  return {
    keyPackage: () =>
      inTransaction(async (context) =>
        Uint8Array.of(...keyPackageHead, ...(await context.generateKeyPackage(credential)).serialize()),
      ),
    add: (groupId: string, keyPackages: readonly Uint8Array[]) =>
      inTransaction((context) =>
        context.addClientsToConversation(
          conversation(groupId),
          keyPackages.map((bytes) => new KeyPackage(bytes.slice(keyPackageHead.length))),
        ),
      ),
    remove: (groupId: string, numbers: readonly number[]) =>
      inTransaction((context) =>
        context.removeClientsFromConversation(conversation(groupId), numbers.map(clientIdOf)),
      ),
    update: (groupId: string) =>
      inTransaction((context) => context.updateKeyingMaterial(conversation(groupId))),
    join: (welcome: Uint8Array) =>
      inTransaction(async (context) => {
        await context.processWelcomeMessage(new Welcome(welcome));
      }),
    joinExternally: (groupInfo: Uint8Array) =>
      inTransaction(async (context) => {
        await context.joinByExternalCommit(new GroupInfo(groupInfo.slice(groupInfoHead.length)), credential);
      }),
    encrypt: (groupId: string, plaintext: Uint8Array) =>
      inTransaction((context) => context.encryptMessage(conversation(groupId), plaintext)),
    /** The text of a message, or null for a commit. */
    receive: (groupId: string, bytes: Uint8Array) =>
      inTransaction(async (context) => {
        const decrypted = await context.decryptMessage(conversation(groupId), bytes);
        return DecryptedMessage.Text.instanceOf(decrypted) ? decrypted.inner.plaintext : null;
      }),
    epoch: (groupId: string) =>
      inTransaction(async (context) => Number(await context.conversationEpoch(conversation(groupId)))),
    members: (groupId: string) =>
      inTransaction(async (context) =>
        (await context.getClientIds(conversation(groupId))).map((id) =>
          new TextDecoder().decode(id.copyBytes()),
        ),
      ),
  };
}

export type WireDevice = Awaited<ReturnType<typeof wireDevice>>;
