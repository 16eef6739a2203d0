import { type CborMap, type CborValue, cborMap, encodeCbor } from '../../pin/wire/cbor.ts';
import type { LimitsState } from '../policy/limits.ts';
import type { WalletAnswer, WalletOk, WalletRefusal } from './answers.ts';
import { amountToCbor, limitsToCbor, walletPackageToCbor } from './values.ts';

export function encodeWalletAnswer(answer: WalletAnswer): Uint8Array<ArrayBuffer> {
  const content = answer.outcome === 'Ok' ? contentOf(answer) : factsOf(answer);
  const outcome: CborValue = content === null ? answer.outcome : new Map([[answer.outcome, content]]);
  return encodeCbor(new Map([[answer.kind, outcome]]));
}

function contentOf(answer: WalletOk): CborMap | null {
  switch (answer.kind) {
    case 'WalletStatus':
      return cborMap({
        wallet:
          answer.wallet &&
          cborMap({
            public_key: answer.wallet.publicKey,
            epoch: answer.wallet.epoch,
            package_hash: answer.wallet.packageHash,
          }),
        staged: [...answer.staged],
        hold_until_ms: answer.holdUntilMs,
        approved: [...answer.approved],
        ...limitsMembers(answer.limits),
        pay: answer.pay && cborMap({ key: answer.pay.key, window_ms: answer.pay.windowMs }),
        exporting:
          answer.exporting && cborMap({ device: answer.exporting.device, from_ms: answer.exporting.fromMs }),
      });
    case 'ReadWallet':
      return cborMap({
        ceremony: answer.ceremony,
        package: walletPackageToCbor(answer.package),
        sealed_shares: answer.sealedShares,
        signature: answer.signature,
      });
    case 'DkgBegin':
      return cborMap({ commitment: [...answer.commitment], proof: answer.proof });
    case 'DkgExchange':
      return cborMap({
        messages: answer.messages.map(({ to, sealed, signature }) => cborMap({ to, sealed, signature })),
      });
    case 'DkgFinish':
      return cborMap({ package_hash: answer.packageHash, signature: answer.signature });
    case 'Prepare':
      return cborMap({ hiding: answer.hiding, binding: answer.binding });
    case 'Share':
      return cborMap({ share: answer.share });
    case 'SetLimits':
      return cborMap(limitsMembers(answer.limits));
    case 'BeginExport':
      return cborMap({ from_ms: answer.fromMs });
    case 'ExportShare':
      return cborMap({ sealed: answer.sealed });
    default:
      return null;
  }
}

function limitsMembers({ limits, pending }: LimitsState): Record<string, CborValue> {
  return {
    limits: limitsToCbor(limits),
    pending: pending && cborMap({ limits: limitsToCbor(pending.limits), from_ms: pending.fromMs }),
  };
}

function factsOf(refusal: WalletRefusal): CborMap | null {
  switch (refusal.outcome) {
    case 'OnHold':
      return cborMap({ until_ms: refusal.untilMs });
    case 'OverLimit':
      return cborMap({
        mint: refusal.mint,
        limit: amountToCbor(refusal.limit),
        spent: amountToCbor(refusal.spent),
        free_at_ms: refusal.freeAtMs,
      });
    case 'NotAllowed':
      return cborMap({ why: refusal.why });
    case 'Cheat':
      return cborMap({ identifier: refusal.identifier });
    case 'TooMany':
      return cborMap({ free_at_ms: refusal.freeAtMs });
    case 'TooEarly':
      return cborMap({ from_ms: refusal.fromMs });
    default:
      return null;
  }
}
