import {
  concatBytes,
  fromBase58,
  fromHex,
  type KeyPair,
  keyPairOfSeed,
  Secret,
  signEd25519,
  toBase64url,
  type VerifiedNodeSet,
  verifyNodeSet,
  walletAddressStatement,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { Person } from './journeys.ts';
import type { TestApi } from './test-api.ts';
import { testLogKeys, testNodeSet } from './test-node-set.ts';

const firstSet = verifyNodeSet(testNodeSet.signedNodeSet, testNodeSet.operatorKey);

/** The same wallet as the nodes of another set hold it. */
export interface MovedTo {
  readonly set: VerifiedNodeSet;
  readonly logKeys: readonly KeyPair[];
  readonly epoch: number;
  readonly wallet: Pick<TestWallet, 'keys' | 'aik'>;
  /** So many of the nodes vouch. */
  readonly vouching: number;
}

/** The body of `createWallet`, and the keys behind it: the server cannot tell an ordinary key from one that is held in shares. */
export interface TestWallet {
  readonly keys: KeyPair;
  readonly aik: KeyPair;
  readonly body: Readonly<Record<string, unknown>>;
}

export function testWallet(
  api: Pick<TestApi, 'random'>,
  { session }: Person,
  moved: MovedTo | null = null,
): TestWallet {
  const { keys, aik } = moved?.wallet ?? { keys: newPair(api), aik: newPair(api) };
  const { nodeSet, hash: nodeSetHash } = moved?.set ?? firstSet;
  const logKeys = moved?.logKeys ?? testLogKeys;
  const epoch = moved?.epoch ?? 1;
  const points = (count: number) => Array.from({ length: count }, () => api.random(32));
  const commitments = [keys.publicKey, ...points(3)];
  const verifyingShares = points(5);
  const ceremony = api.random(16);
  const packageHash = walletPackageHash({
    epoch,
    nodeSetHash,
    min: 4,
    max: 5,
    commitments,
    verifyingShares,
  });
  const user = { tenant: nodeSet.tenant, userId: session.accountId };
  const vouchers = nodeSet.nodes.slice(0, moved?.vouching).map(({ realmId }, place) => {
    const voucher = walletVoucherStatement({ realmId: fromHex(realmId), user, ceremony, packageHash });
    return { realmId, signature: toBase64url(signEd25519(logKeys[place] as KeyPair, voucher)) };
  });
  const body = {
    publicKey: toBase64url(keys.publicKey),
    epoch,
    ceremony: toBase64url(ceremony),
    nodeSetHash: toBase64url(nodeSetHash),
    commitments: commitments.map(toBase64url),
    verifyingShares: verifyingShares.map(toBase64url),
    vouchers,
    ...rewrapOf(aik, session.accountId, keys.publicKey),
  };
  return { keys, aik, body };
}

/** What changes with S_pin. */
export function rewrapOf(aik: KeyPair, accountId: string, publicKey: Uint8Array) {
  return {
    sealedShares: toBase64url(concatBytes(aik.publicKey, new Uint8Array(64))),
    aik: toBase64url(aik.publicKey),
    addressSignature: toBase64url(signEd25519(aik, walletAddressStatement(accountId, publicKey))),
  };
}

/** A legacy message with one System Transfer (Solana, "Transactions"). */
export function solTransfer(from: Uint8Array, to: Uint8Array, lamports: bigint, blockhash = 7): Uint8Array {
  const system = fromBase58('1'.repeat(32), 32);
  const data = new Uint8Array(12);
  new DataView(data.buffer).setUint32(0, 2, true);
  new DataView(data.buffer).setBigUint64(4, lamports, true);
  return concatBytes(
    Uint8Array.of(1, 0, 1, 3),
    from,
    to,
    system,
    new Uint8Array(32).fill(blockhash),
    Uint8Array.of(1, 2, 2, 0, 1, data.length),
    data,
  );
}

/** As the ledger takes it. */
export function signedTransaction(keys: KeyPair, message: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(1), signEd25519(keys, message), message);
}

const newPair = ({ random }: Pick<TestApi, 'random'>) => keyPairOfSeed(new Secret(random(32)));
