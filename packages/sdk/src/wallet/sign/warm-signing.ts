import {
  commitToSign,
  isShareGood,
  type KeyShare,
  type Random,
  Secret,
  signShare,
  type WalletPackage,
} from '@hexkey/protocol';

/**
 * Runs the code of a signature once over keys of nobody, so that the engine has compiled it and made its tables before the owner confirms: the first signature then costs
 * what the next ones do. Nothing of it leaves.
 */
export function warmSigning(wallet: WalletPackage, random: Random): void {
  const message = random(32);
  const signers = Array.from({ length: wallet.min }, (_, place): KeyShare => {
    const scalar = random(32);
    // Below the order of the group, whatever was drawn (RFC 8032 section 5.1: L > 2^252).
    scalar[31] = (scalar[31] as number) & 0x0f;
    return { identifier: place + 1, share: new Secret(scalar) };
  });
  const made = signers.map((key) => ({ key, ...commitToSign(key, random) }));
  const commitments = made.map(({ commitment }) => commitment);
  const [first] = made;
  if (first === undefined) return;
  isShareGood(wallet, commitments, message, signShare(first.key, wallet, first.nonces, commitments, message));
}
