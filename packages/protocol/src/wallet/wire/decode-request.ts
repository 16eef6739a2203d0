import { MalformedError } from '../../pin/malformed.ts';
import { decodeCbor, decodeVariant } from '../../pin/wire/cbor.ts';
import { type Members, readMembers } from '../../pin/wire/members.ts';
import { maxNamedMints } from '../policy/limits.ts';
import { maxMessageBytes } from '../solana-message.ts';
import {
  type SealedRound2,
  type WalletOrder,
  type WalletRequest,
  type WalletVoucher,
  walletLengths,
} from './requests.ts';
import { commitmentFrom, identifierFrom, limitsFrom, listFrom, round1From } from './values.ts';

/** Attempts at one intent: far more than anybody makes. */
const maxAttempt = 1_000_000;
/** Longer than any window that a client offers. */
const maxPayWindowMs = 24 * 3_600_000;

/**
 * Reads a request strictly: no unknown member, every length exact. Scalars and points are not checked here.
 * @throws {MalformedError}
 */
export function decodeWalletRequest(bytes: Uint8Array): WalletRequest {
  const { tag, content } = decodeVariant(decodeCbor(bytes));
  if (tag === 'WalletStatus' || tag === 'ReadWallet') {
    if (content !== undefined) throw new MalformedError('unexpected content');
    return { kind: tag };
  }
  const read = Object.hasOwn(readers, tag) ? readers[tag as keyof typeof readers] : undefined;
  if (read === undefined) throw new MalformedError('unknown request');
  return read(content);
}

const readers = {
  DkgBegin(content: unknown): WalletRequest {
    const members = readMembers(content, ['ceremony', 'node_set_hash', 'client_key']);
    return {
      kind: 'DkgBegin',
      ceremony: members.bytes('ceremony', walletLengths.ceremony),
      nodeSetHash: members.bytes('node_set_hash', walletLengths.hash),
      clientKey: members.bytes('client_key', walletLengths.key),
    };
  },
  DkgExchange(content: unknown): WalletRequest {
    const members = readMembers(content, ['ceremony', 'round1']);
    return {
      kind: 'DkgExchange',
      ceremony: members.bytes('ceremony', walletLengths.ceremony),
      round1: listFrom(members.value('round1'), round1From),
    };
  },
  DkgFinish(content: unknown): WalletRequest {
    const members = readMembers(content, ['ceremony', 'messages']);
    return {
      kind: 'DkgFinish',
      ceremony: members.bytes('ceremony', walletLengths.ceremony),
      messages: listFrom(members.value('messages'), sealedFrom),
    };
  },
  CommitWallet(content: unknown): WalletRequest {
    const members = readMembers(content, ['ceremony', 'package_hash', 'signatures', 'order']);
    return {
      kind: 'CommitWallet',
      ceremony: members.bytes('ceremony', walletLengths.ceremony),
      packageHash: members.bytes('package_hash', walletLengths.hash),
      signatures: listFrom(members.value('signatures'), voucherFrom),
      order: orderIn(members),
    };
  },
  Prepare(content: unknown): WalletRequest {
    const members = readMembers(content, [...attemptMembers, 'message', 'signers', 'expires_at_ms']);
    const message = members.value('message');
    if (!(message instanceof Uint8Array) || message.length > maxMessageBytes)
      throw new MalformedError('message: not a message');
    return {
      kind: 'Prepare',
      ...attemptIn(members),
      message,
      signers: listFrom(members.value('signers'), identifierFrom),
      expiresAtMs: members.integer('expires_at_ms'),
    };
  },
  Share(content: unknown): WalletRequest {
    const members = readMembers(content, [...attemptMembers, 'commitments', 'auth']);
    const auth = readMembers(members.value('auth'), ['key', 'expires_at_ms', 'signature']);
    const key = auth.text('key');
    if (key !== 'pin' && key !== 'pay') throw new MalformedError('key: unknown');
    return {
      kind: 'Share',
      ...attemptIn(members),
      commitments: listFrom(members.value('commitments'), commitmentFrom),
      auth: {
        key,
        expiresAtMs: auth.integer('expires_at_ms'),
        signature: auth.bytes('signature', walletLengths.signature),
      },
    };
  },
  ApproveDevice(content: unknown): WalletRequest {
    const members = readMembers(content, ['device', 'order']);
    return {
      kind: 'ApproveDevice',
      device: members.bytes('device', walletLengths.hash),
      order: orderIn(members),
    };
  },
  SetLimits(content: unknown): WalletRequest {
    const members = readMembers(content, ['limits', 'order']);
    return {
      kind: 'SetLimits',
      limits: limitsFrom(members.value('limits'), maxNamedMints),
      order: orderIn(members),
    };
  },
  SetPayAuth(content: unknown): WalletRequest {
    const members = readMembers(content, ['key', 'window_ms', 'order']);
    const windowMs = members.integer('window_ms');
    if (windowMs > maxPayWindowMs) throw new MalformedError('window_ms: too long');
    return {
      kind: 'SetPayAuth',
      key: members.bytesOrNull('key', walletLengths.key),
      windowMs,
      order: members.value('order') === null ? null : orderIn(members),
    };
  },
  DeleteWallet(content: unknown): WalletRequest {
    return { kind: 'DeleteWallet', order: orderIn(readMembers(content, ['order'])) };
  },
  BeginExport(content: unknown): WalletRequest {
    return { kind: 'BeginExport', order: orderIn(readMembers(content, ['order'])) };
  },
  CancelExport(content: unknown): WalletRequest {
    readMembers(content, []);
    return { kind: 'CancelExport' };
  },
  ExportShare(content: unknown): WalletRequest {
    const members = readMembers(content, ['client_key', 'order']);
    return {
      kind: 'ExportShare',
      clientKey: members.bytes('client_key', walletLengths.key),
      order: orderIn(members),
    };
  },
};

const attemptMembers = ['wallet', 'epoch', 'intent', 'attempt'];

function attemptIn(members: Members) {
  const attempt = members.integer('attempt');
  if (attempt < 1 || attempt > maxAttempt) throw new MalformedError('attempt: not in range');
  return {
    wallet: members.bytes('wallet', walletLengths.key),
    epoch: members.integer('epoch'),
    intent: members.bytes('intent', walletLengths.intent),
    attempt,
  };
}

function orderIn(members: Members): WalletOrder {
  const order = readMembers(members.value('order'), ['time_ms', 'signature']);
  return {
    timeMs: order.integer('time_ms'),
    signature: order.bytes('signature', walletLengths.signature),
  };
}

function sealedFrom(value: unknown): SealedRound2 {
  const members = readMembers(value, ['from', 'sealed', 'signature']);
  return {
    from: identifierFrom(members.value('from')),
    sealed: members.bytes('sealed', walletLengths.sealedShare),
    signature: members.bytesOrNull('signature', walletLengths.signature),
  };
}

function voucherFrom(value: unknown): WalletVoucher {
  const members = readMembers(value, ['realm_id', 'signature']);
  return {
    realmId: members.bytes('realm_id', walletLengths.realmId),
    signature: members.bytes('signature', walletLengths.signature),
  };
}
