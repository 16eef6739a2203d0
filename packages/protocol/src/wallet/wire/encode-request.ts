import { type CborMap, type CborValue, cborMap, encodeCbor } from '../../pin/wire/cbor.ts';
import type { SealedRound2, WalletOrder, WalletRequest, WalletVoucher } from './requests.ts';
import { commitmentToCbor, limitsToCbor, round1ToCbor } from './values.ts';

/** Requests that carry the owner's order. */
export type OrderedWalletRequest = WithoutOrder<Extract<WalletRequest, { readonly order: unknown }>>;
type WithoutOrder<R> = R extends unknown ? Omit<R, 'order'> : never;

export function encodeWalletRequest(request: WalletRequest): Uint8Array<ArrayBuffer> {
  if (request.kind === 'WalletStatus' || request.kind === 'ReadWallet') return encodeCbor(request.kind);
  const order = 'order' in request ? { order: request.order && orderToCbor(request.order) } : {};
  const content = cborMap({ ...parametersOf(request), ...order });
  return encodeCbor(new Map<string, CborValue>([[request.kind, content]]));
}

/** What an order is over: the parameters as they are on the wire, in this order, without the order itself. */
export function encodeOrderParameters(request: OrderedWalletRequest): Uint8Array<ArrayBuffer> {
  return encodeCbor(cborMap(parametersOf(request)));
}

type Parametered =
  | OrderedWalletRequest
  | Exclude<WalletRequest, { readonly kind: 'WalletStatus' | 'ReadWallet' }>;

function parametersOf(request: Parametered): Record<string, CborValue> {
  switch (request.kind) {
    case 'DkgBegin':
      return {
        ceremony: request.ceremony,
        node_set_hash: request.nodeSetHash,
        client_key: request.clientKey,
      };
    case 'DkgExchange':
      return { ceremony: request.ceremony, round1: request.round1.map(round1ToCbor) };
    case 'DkgFinish':
      return { ceremony: request.ceremony, messages: request.messages.map(sealedToCbor) };
    case 'CommitWallet':
      return {
        ceremony: request.ceremony,
        package_hash: request.packageHash,
        signatures: request.signatures.map(voucherToCbor),
      };
    case 'Prepare':
      return {
        ...attemptOf(request),
        message: request.message,
        signers: [...request.signers],
        expires_at_ms: request.expiresAtMs,
      };
    case 'Share':
      return {
        ...attemptOf(request),
        commitments: request.commitments.map(commitmentToCbor),
        auth: cborMap({
          key: request.auth.key,
          expires_at_ms: request.auth.expiresAtMs,
          signature: request.auth.signature,
        }),
      };
    case 'ApproveDevice':
      return { device: request.device };
    case 'SetLimits':
      return { limits: limitsToCbor(request.limits) };
    case 'SetPayAuth':
      return { key: request.key, window_ms: request.windowMs };
    case 'ExportShare':
      return { client_key: request.clientKey };
    case 'DeleteWallet':
    case 'BeginExport':
    case 'CancelExport':
      return {};
  }
}

function attemptOf({
  wallet,
  epoch,
  intent,
  attempt,
}: Pick<Extract<WalletRequest, { kind: 'Prepare' }>, 'wallet' | 'epoch' | 'intent' | 'attempt'>) {
  return { wallet, epoch, intent, attempt };
}

function orderToCbor({ timeMs, signature }: WalletOrder): CborMap {
  return cborMap({ time_ms: timeMs, signature });
}

function sealedToCbor({ from, sealed, signature }: SealedRound2): CborMap {
  return cborMap({ from, sealed, signature });
}

function voucherToCbor({ realmId, signature }: WalletVoucher): CborMap {
  return cborMap({ realm_id: realmId, signature });
}
