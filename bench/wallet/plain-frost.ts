import {
  aggregateShares,
  beginKeyGeneration,
  commitToSign,
  isShareGood,
  type KeyShare,
  Secret,
  signShare,
  type WalletPackage,
} from '@hexkey/protocol';
import { systemRandom } from '../system.ts';

const parties = { min: 3, max: 5 };
const random = (lengthBytes: number) => Uint8Array.from(systemRandom(lengthBytes));

/** A key of 3 of 5, all in one process: what the nodes alone would be without the client's shares, network, PIN and durable notes. */
export interface PlainKey {
  readonly wallet: WalletPackage;
  readonly shares: readonly { readonly identifier: number; readonly share: Uint8Array }[];
}

export function makePlainKey(): PlainKey {
  const all = Array.from({ length: parties.max }, (_, place) =>
    beginKeyGeneration(parties, place + 1, random),
  );
  const round1 = all.map((each) => each.round1);
  const passed = all.map((each) => each.exchange(round1));
  const made = all.map((each, place) =>
    each.finish(
      passed.flatMap((messages, from) => {
        const share = messages.get(place + 1);
        return share === undefined ? [] : [{ from: from + 1, share }];
      }),
    ),
  );
  const [first] = made;
  if (first === undefined) throw new Error('nobody took part');
  return {
    wallet: { epoch: 1, nodeSetHash: new Uint8Array(32), ...first.public },
    shares: made.map(({ key }) => ({ identifier: key.identifier, share: key.share.reveal() })),
  };
}

/** Every share is verified, as our client does. RFC 9591 section 5. @returns the signature, 64 bytes */
export function signPlainly({ wallet, shares }: PlainKey, message: Uint8Array): Uint8Array {
  const signers: KeyShare[] = shares
    .slice(0, parties.min)
    .map(({ identifier, share }) => ({ identifier, share: new Secret(share) }));
  const own = signers.map((key) => ({ key, ...commitToSign(key, random) }));
  const commitments = own.map(({ commitment }) => commitment);
  const given = own.map(({ key, nonces }) => signShare(key, wallet, nonces, commitments, message));
  if (!given.every((share) => isShareGood(wallet, commitments, message, share)))
    throw new Error('a share does not verify');
  const signed = aggregateShares(wallet, commitments, message, given);
  if (signed.verdict !== 'signed') throw new Error('shares that verify make no signature');
  return signed.signature;
}
