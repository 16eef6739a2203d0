import {
  decodeEraseRequest,
  decodeMoveRequest,
  decodeNodeRequest,
  decodeWalletRequest,
  type EraseAnswer,
  type EraseRequest,
  encodeEraseAnswer,
  encodeMoveAnswer,
  encodeNodeAnswer,
  encodeWalletAnswer,
  type MoveAnswer,
  type MoveRequest,
  maxEraseRequestBytes,
  maxMoveRequestBytes,
  maxRequestBytes,
  maxWalletRequestBytes,
  type NodeAnswer,
  type NodeRequest,
  type WalletAnswer,
  type WalletRequest,
} from '@hexkey/protocol';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import { performErase } from '../erasing/perform-erase.ts';
import { performMove } from '../moving/perform-move.ts';
import type { OperationDeps } from '../operation.ts';
import { performRequest } from '../perform-request.ts';
import { performWalletRequest } from '../wallet/perform-wallet-request.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { admitRequester, type Surface } from './answer-request.ts';

/** `POST {address}req`: the Juicebox realm protocol and its extensions. */
export function pinSurface(deps: OperationDeps): Surface<NodeRequest, NodeAnswer> {
  return {
    maxBytes: maxRequestBytes,
    admit: admitRequester,
    decode: decodeNodeRequest,
    perform: (context, request) => performRequest(deps, context, request),
    encode: encodeNodeAnswer,
  };
}

/** `POST {address}wallet` (docs/protocol/wallet.md). */
export function walletSurface(deps: WalletDeps): Surface<WalletRequest, WalletAnswer> {
  return {
    maxBytes: maxWalletRequestBytes,
    admit: admitRequester,
    decode: decodeWalletRequest,
    perform: (context, request) => performWalletRequest(deps, context, request),
    encode: encodeWalletAnswer,
  };
}

/** `POST {address}move`: an account on its way from one node set to another (docs/protocol/pin-node.md section 10). */
export function moveSurface(
  deps: OperationDeps,
  wallets: WalletDeps | null,
): Surface<MoveRequest, MoveAnswer> {
  return {
    maxBytes: maxMoveRequestBytes,
    admit: admitRequester,
    decode: decodeMoveRequest,
    perform: (context, request) => performMove(deps, wallets, context, request),
    encode: encodeMoveAnswer,
  };
}

/** `POST {address}erase`: the owner's signature is all that counts, whoever delivers it (docs/protocol/pin-node.md section 11). */
export function eraseSurface(deps: OperationDeps): Surface<EraseRequest, EraseAnswer, TrustedTime> {
  return {
    maxBytes: maxEraseRequestBytes,
    admit: (_, { time }) => time,
    decode: decodeEraseRequest,
    perform: (time, request) => performErase(deps, time, request),
    encode: encodeEraseAnswer,
  };
}
