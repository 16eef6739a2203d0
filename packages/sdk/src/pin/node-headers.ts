import {
  formatLoginProof,
  formatNodeProof,
  formatNodeUser,
  fromHex,
  type KeyPair,
  loginProofHeader,
  nodeProofHeader,
  nodeProofStatement,
  nodeUserHeader,
  proofNonceBytes,
  signEd25519,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import type { DeviceSigner } from '../storage/device-key.ts';

/** Who asks the nodes. */
export interface NodeIdentity {
  readonly accountId: string;
  readonly device: DeviceSigner;
  /** Only while the words are at hand: the guess is then counted in their own bucket. */
  readonly loginKey: KeyPair | null;
  /** By realm id. A node without one is asked as an enrolled device. */
  readonly tokens: ReadonlyMap<string, string>;
}

/** The Juicebox release whose requests ours are compatible with; nodes refuse versions below 0.2.0. */
const juiceboxVersion = '0.3.7';

/** Headers of one request to one node (docs/protocol/pin-node.md section 3). Each proof has its own time and nonce. */
export async function nodeHeaders(
  { clock, random }: Pick<HexkeyDeps, 'clock' | 'random'>,
  tenant: string,
  { accountId, device, loginKey, tokens }: NodeIdentity,
  realmId: string,
  body: Uint8Array,
): Promise<Record<string, string>> {
  const user = { tenant, userId: accountId };
  const token = tokens.get(realmId) ?? null;
  const proof = { deviceKey: device.publicKey, timeMs: clock.now(), nonce: random(proofNonceBytes) };
  const statement = nodeProofStatement({ realmId: fromHex(realmId), token, user, body, ...proof });
  const loginProof =
    loginKey === null
      ? null
      : formatLoginProof({ loginKey: loginKey.publicKey, signature: signEd25519(loginKey, statement) });
  return {
    'x-juicebox-version': juiceboxVersion,
    [nodeProofHeader]: formatNodeProof({ ...proof, signature: await device.sign(statement) }),
    ...(token === null ? { [nodeUserHeader]: formatNodeUser(user) } : { authorization: `Bearer ${token}` }),
    ...(loginProof === null ? {} : { [loginProofHeader]: loginProof }),
  };
}
