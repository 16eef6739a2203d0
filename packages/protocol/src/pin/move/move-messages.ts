import type { DealtPackage } from '../../wallet/threshold/re-share.ts';
import type { WalletPackage } from '../../wallet/threshold/wallet-package.ts';
import type { SealedMessage } from '../../wallet/wire/answers.ts';
import { walletLengths } from '../../wallet/wire/requests.ts';
import {
  identifierFrom,
  listFrom,
  octetsFrom,
  sealedMessageFrom,
  sealedSharesIn,
  walletPackageFrom,
  walletPackageToCbor,
} from '../../wallet/wire/values.ts';
import { MalformedError } from '../malformed.ts';
import type { SignedNodeSet } from '../sign-node-set.ts';
import type { Vouchers } from '../voucher.ts';
import { type CborValue, cborMap, decodeCbor, decodeVariant, encodeCbor } from '../wire/cbor.ts';
import { type Members, readMembers } from '../wire/members.ts';
import {
  pinLengths,
  type Registration,
  registrationFromCbor,
  registrationToCbor,
} from '../wire/registration.ts';
import { markMember, type RightPinMark, rightPinMarkIn } from '../wire/right-pin-mark.ts';
import { vouchersFromCbor, vouchersToCbor } from '../wire/vouchers.ts';
import type { Closing, MovedRecord, Receipt } from './move-statements.ts';
import { movedWalletFrom, movedWalletToCbor } from './moved-wallet.ts';

/** From the set that a record is on to the one it goes to, each the successor of the one before. */
type Chain = readonly SignedNodeSet[];

/** Everything that is POSTed to `{address}move` (docs/protocol/pin-node.md section 10). */
export type MoveRequest =
  | { readonly kind: 'MoveStatus' }
  | {
      readonly kind: 'Arrive';
      readonly chain: Chain;
      readonly registration: Registration;
      readonly loginKey: Uint8Array | null;
      readonly pinAuthKey: Uint8Array;
      /** `signMoveOrder`. */
      readonly order: Uint8Array;
      /** Of t old nodes, for the record that is left. */
      readonly vouchers: Vouchers;
    }
  | ({
      readonly kind: 'Close';
      readonly chain: Chain;
      readonly order: Uint8Array;
      readonly receipts: readonly Receipt[];
      readonly rightPinMark?: RightPinMark;
    } & MovedRecord)
  | ({
      readonly kind: 'Activate';
      readonly chain: Chain;
      readonly closings: readonly Closing[];
      /** Those that name the wallet, for a node that missed its share of it; else none. */
      readonly receipts: readonly Receipt[];
    } & MovedRecord)
  | {
      /** To an old node: its share of the wallet's key, shared out among the holders of the new set. */
      readonly kind: 'Deal';
      readonly chain: Chain;
      /** `signMoveOrder`. */
      readonly order: Uint8Array;
      readonly arrived: Uint8Array;
      /** Of the wallet, 32 bytes. */
      readonly packageHash: Uint8Array;
      /** Old identifiers of all who deal, in their order. */
      readonly dealers: readonly number[];
      /** X25519, made for the move: what is for the client's new shares is sealed to it. 32 bytes. */
      readonly clientKey: Uint8Array;
    }
  | {
      /** To a new node: what the dealers have for it. */
      readonly kind: 'TakeShare';
      readonly chain: Chain;
      readonly left: Uint8Array;
      readonly arrived: Uint8Array;
      /** The wallet as the old nodes hold it. */
      readonly wallet: WalletPackage;
      /** In the order of their identifiers. */
      readonly dealt: readonly DealtMessage[];
      /** The client's new shares, sealed under S_pin and the words. */
      readonly sealedShares: Uint8Array;
      /** `signWalletMove`. */
      readonly order: Uint8Array;
    };

/** One dealer's part of a share, and its commitments. */
export interface DealtMessage extends DealtPackage {
  /** 80 bytes. */
  readonly sealed: Uint8Array;
  /** By the dealing node's log key over `dealtStatement`, 64 bytes; null from the client. */
  readonly signature: Uint8Array | null;
}

/** A record that came from another set and is not served yet. */
export interface Arrival extends MovedRecord {
  /** Hash of the set it comes from. */
  readonly from: Uint8Array;
  readonly order: Uint8Array;
  readonly receipt: Omit<Receipt, 'realmId'>;
}

/** Where a record of this node went. */
export interface Departure {
  /** Hash of the set it went to. */
  readonly to: Uint8Array;
  readonly left: Uint8Array;
  readonly closing: Omit<Closing, 'realmId'>;
}

export type MoveAnswer =
  | {
      readonly kind: 'MoveStatus';
      readonly outcome: 'Ok';
      /** Of the asking device's account; at most one. */
      readonly departure: Departure | null;
      readonly arrivals: readonly Arrival[];
      /** Whether this node serves a record of the account, wherever it came from. */
      readonly serves: boolean;
      /** Whether it holds a share of a wallet, or one of a wallet that is being made. */
      readonly holdsWallet: boolean;
    }
  | { readonly kind: 'Arrive'; readonly outcome: 'Ok'; readonly receipt: Omit<Receipt, 'realmId'> }
  /** `Taken`: this node serves a record of the account already. `Busy`: it holds as many arrivals as it may. */
  | { readonly kind: 'Arrive'; readonly outcome: 'ProofRequired' | 'Taken' | 'Busy' }
  | { readonly kind: 'Close'; readonly outcome: 'Ok'; readonly closing: Omit<Closing, 'realmId'> }
  /** `Refused`: order or receipts do not hold. `HoldsWallet`: its share would be lost. */
  | { readonly kind: 'Close'; readonly outcome: 'Refused' | 'Changed' | 'HoldsWallet' }
  | { readonly kind: 'Activate'; readonly outcome: 'Ok' | 'Refused' | 'Changed' }
  | {
      readonly kind: 'Deal';
      readonly outcome: 'Ok';
      readonly commitment: readonly Uint8Array[];
      /** One for each new holder, each with a signature over `dealtStatement`. */
      readonly messages: readonly SealedMessage[];
    }
  /** `NoWallet`: none, or another one. */
  | { readonly kind: 'Deal'; readonly outcome: 'Refused' | 'PinNeeded' | 'NoWallet' }
  | { readonly kind: 'Deal'; readonly outcome: 'OnHold'; readonly untilMs: number }
  | { readonly kind: 'TakeShare'; readonly outcome: 'Ok'; readonly receipt: Omit<Receipt, 'realmId'> }
  /** `Changed`: no such record waits here. `Taken`: it has another share, which a receipt may tell of already. */
  | { readonly kind: 'TakeShare'; readonly outcome: 'Refused' | 'Changed' | 'Taken' }
  /** What that dealer sent does not verify. */
  | { readonly kind: 'TakeShare'; readonly outcome: 'Cheat'; readonly identifier: number };

export type MoveAnswerTo<K extends MoveRequest['kind']> = Extract<MoveAnswer, { readonly kind: K }>;

/** A node reads no more of a move request than this: documents and what t nodes carry over are long. */
export const maxMoveRequestBytes = 256 * 1024;

export function encodeMoveRequest(request: MoveRequest): Uint8Array<ArrayBuffer> {
  if (request.kind === 'MoveStatus') return encodeCbor(request.kind);
  const chain = JSON.stringify(request.chain);
  return encodeCbor(new Map([[request.kind, cborMap({ chain, ...contentOf(request) })]]));
}

/** @throws {MalformedError} */
export function decodeMoveRequest(bytes: Uint8Array): MoveRequest {
  const { tag, content } = decodeVariant(decodeCbor(bytes));
  switch (tag) {
    case 'MoveStatus':
      if (content !== undefined) throw new MalformedError('unexpected content');
      return { kind: tag };
    case 'Arrive': {
      const names = ['chain', 'register2', 'login_key', 'pin_auth_key', 'order', 'vouchers'];
      const members = readMembers(content, names);
      return {
        kind: tag,
        chain: chainIn(members),
        registration: registrationFromCbor(members.value('register2')),
        loginKey: members.bytesOrNull('login_key', pinLengths.deviceKey),
        pinAuthKey: members.bytes('pin_auth_key', pinLengths.deviceKey),
        order: members.bytes('order', pinLengths.signature),
        vouchers: vouchersFromCbor(members.value('vouchers')),
      };
    }
    case 'Close': {
      const names = [...recordMembers, 'chain', 'order', 'receipts', markMember];
      const members = readMembers(content, names);
      return {
        kind: tag,
        chain: chainIn(members),
        ...recordIn(members),
        order: members.bytes('order', pinLengths.signature),
        receipts: listIn(members, 'receipts', receiptFrom),
        ...rightPinMarkIn(members),
      };
    }
    case 'Activate': {
      const members = readMembers(content, [...recordMembers, 'chain', 'closings', 'receipts']);
      const closings = listIn(members, 'closings', closingFrom);
      const receipts = members.has('receipts') ? listIn(members, 'receipts', receiptFrom) : [];
      return { kind: tag, chain: chainIn(members), ...recordIn(members), closings, receipts };
    }
    case 'Deal': {
      const names = ['chain', 'order', 'arrived', 'package_hash', 'dealers', 'client_key'];
      const members = readMembers(content, names);
      return {
        kind: tag,
        chain: chainIn(members),
        order: members.bytes('order', pinLengths.signature),
        arrived: members.bytes('arrived', pinLengths.version),
        packageHash: members.bytes('package_hash', walletLengths.hash),
        dealers: listFrom(members.value('dealers'), identifierFrom),
        clientKey: members.bytes('client_key', walletLengths.key),
      };
    }
    case 'TakeShare': {
      const names = ['chain', 'left', 'arrived', 'wallet', 'dealt', 'sealed_shares', 'order'];
      const members = readMembers(content, names);
      return {
        kind: tag,
        chain: chainIn(members),
        left: members.bytes('left', pinLengths.version),
        arrived: members.bytes('arrived', pinLengths.version),
        wallet: walletPackageFrom(members.value('wallet')),
        dealt: listFrom(members.value('dealt'), dealtFrom),
        sealedShares: sealedSharesIn(members),
        order: members.bytes('order', pinLengths.signature),
      };
    }
    default:
      throw new MalformedError('unknown request');
  }
}

export function encodeMoveAnswer(answer: MoveAnswer): Uint8Array<ArrayBuffer> {
  const content = answerContent(answer);
  const outcome: CborValue =
    content === null ? answer.outcome : new Map<string, CborValue>([[answer.outcome, cborMap(content)]]);
  return encodeCbor(new Map([[answer.kind, outcome]]));
}

const bareOutcomes: Readonly<Record<MoveRequest['kind'], readonly string[]>> = {
  MoveStatus: [],
  Arrive: ['ProofRequired', 'Taken', 'Busy'],
  Close: ['Refused', 'Changed', 'HoldsWallet'],
  Activate: ['Ok', 'Refused', 'Changed'],
  Deal: ['Refused', 'PinNeeded', 'NoWallet'],
  TakeShare: ['Refused', 'Changed', 'Taken'],
};

/**
 * Reads the answer to one request; members it does not know are ignored.
 * @throws {MalformedError}
 */
export function decodeMoveAnswer<K extends MoveRequest['kind']>(bytes: Uint8Array, kind: K): MoveAnswerTo<K> {
  const answered = decodeVariant(decodeCbor(bytes));
  if (answered.tag !== kind) throw new MalformedError('answer to another request');
  const { tag: outcome, content } = decodeVariant(answered.content);
  const answer =
    content === undefined ? bare(kind, outcome) : withContent(kind, outcome, readMembers(content));
  // The kind is the one asked for by construction; the compiler cannot follow a union through a type parameter.
  return answer as MoveAnswerTo<K>;
}

function bare(kind: MoveRequest['kind'], outcome: string): MoveAnswer {
  if (!bareOutcomes[kind].includes(outcome)) throw new MalformedError('unknown outcome');
  return { kind, outcome } as MoveAnswer;
}

function withContent(kind: MoveRequest['kind'], outcome: string, members: Members): MoveAnswer {
  if (kind === 'TakeShare' && outcome === 'Cheat')
    return { kind, outcome, identifier: identifierFrom(members.value('identifier')) };
  if (kind === 'Deal' && outcome === 'OnHold') return { kind, outcome, untilMs: members.integer('until_ms') };
  if (outcome !== 'Ok') throw new MalformedError('unknown outcome');
  if (kind === 'Arrive' || kind === 'TakeShare') return { kind, outcome, receipt: receiptAt(members) };
  if (kind === 'Deal')
    return {
      kind,
      outcome,
      commitment: listFrom(members.value('commitment'), (point) => octetsFrom(point, walletLengths.point)),
      messages: listFrom(members.value('messages'), sealedMessageFrom),
    };
  if (kind === 'Close') return { kind, outcome, closing: carriedAt(members) };
  if (kind === 'Activate') throw new MalformedError('unexpected content');
  const departure = members.value('departure');
  return {
    kind,
    outcome,
    departure: departure === null ? null : departureFrom(readMembers(departure)),
    arrivals: listIn(members, 'arrivals', (arrival) => ({
      from: arrival.bytes('from', pinLengths.nodeSetHash),
      ...recordIn(arrival),
      order: arrival.bytes('order', pinLengths.signature),
      receipt: receiptAt(arrival),
    })),
    serves: members.integer('serves') === 1,
    holdsWallet: members.integer('holds_wallet') === 1,
  };
}

function contentOf(
  request: Exclude<MoveRequest, { kind: 'MoveStatus' }>,
): Record<string, CborValue | undefined> {
  switch (request.kind) {
    case 'Arrive':
      return {
        register2: registrationToCbor(request.registration),
        login_key: request.loginKey,
        pin_auth_key: request.pinAuthKey,
        order: request.order,
        vouchers: vouchersToCbor(request.vouchers),
      };
    case 'Close':
      return {
        ...recordTo(request),
        order: request.order,
        receipts: receiptsTo(request.receipts),
        [markMember]: request.rightPinMark,
      };
    case 'Activate':
      return {
        ...recordTo(request),
        closings: request.closings.map((closing) =>
          cborMap({ realm_id: closing.realmId, ...carriedTo(closing) }),
        ),
        receipts: request.receipts.length === 0 ? undefined : receiptsTo(request.receipts),
      };
    case 'Deal':
      return {
        order: request.order,
        arrived: request.arrived,
        package_hash: request.packageHash,
        dealers: [...request.dealers],
        client_key: request.clientKey,
      };
    case 'TakeShare':
      return {
        left: request.left,
        arrived: request.arrived,
        wallet: walletPackageToCbor(request.wallet),
        dealt: request.dealt.map(({ identifier, commitment, sealed, signature }) =>
          cborMap({ identifier, commitment: [...commitment], sealed, signature }),
        ),
        sealed_shares: request.sealedShares,
        order: request.order,
      };
  }
}

function answerContent(answer: MoveAnswer): Record<string, CborValue> | null {
  if (answer.outcome === 'OnHold') return { until_ms: answer.untilMs };
  if (answer.outcome === 'Cheat') return { identifier: answer.identifier };
  if (answer.outcome !== 'Ok' || answer.kind === 'Activate') return null;
  if (answer.kind === 'Arrive' || answer.kind === 'TakeShare') return receiptTo(answer.receipt);
  if (answer.kind === 'Deal')
    return {
      commitment: [...answer.commitment],
      messages: answer.messages.map(({ to, sealed, signature }) => cborMap({ to, sealed, signature })),
    };
  if (answer.kind === 'Close') return carriedTo(answer.closing);
  const { departure } = answer;
  return {
    departure:
      departure === null
        ? null
        : cborMap({ to: departure.to, left: departure.left, ...carriedTo(departure.closing) }),
    arrivals: answer.arrivals.map(({ from, order, receipt, ...record }) =>
      cborMap({ from, ...recordTo(record), order, ...receiptTo(receipt) }),
    ),
    serves: answer.serves ? 1 : 0,
    holds_wallet: answer.holdsWallet ? 1 : 0,
  };
}

function chainIn(members: Members): Chain {
  try {
    const chain: unknown = JSON.parse(members.text('chain'));
    if (Array.isArray(chain) && chain.every((one) => typeof one === 'object' && one !== null))
      return chain as SignedNodeSet[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new MalformedError('chain: not documents');
}

function listIn<R>(members: Members, name: string, read: (item: Members) => R): R[] {
  const list = members.value(name);
  if (!Array.isArray(list)) throw new MalformedError(`${name}: not an array`);
  return list.map((item) => read(readMembers(item)));
}

const recordMembers = ['left', 'arrived', 'moved_wallet'];
const recordIn = (members: Members): MovedRecord => ({
  left: members.bytes('left', pinLengths.version),
  arrived: members.bytes('arrived', pinLengths.version),
  wallet: members.has('moved_wallet') ? movedWalletFrom(members.value('moved_wallet')) : null,
});
const recordTo = ({ left, arrived, wallet }: MovedRecord) => ({
  left,
  arrived,
  moved_wallet: wallet === null ? undefined : movedWalletToCbor(wallet),
});
const receiptsTo = (receipts: readonly Receipt[]): CborValue[] =>
  receipts.map((receipt) => cborMap({ realm_id: receipt.realmId, ...receiptTo(receipt) }));
function dealtFrom(value: unknown): DealtMessage {
  const members = readMembers(value, ['identifier', 'commitment', 'sealed', 'signature']);
  return {
    identifier: identifierFrom(members.value('identifier')),
    commitment: listFrom(members.value('commitment'), (point) => octetsFrom(point, walletLengths.point)),
    sealed: members.bytes('sealed', walletLengths.sealedShare),
    signature: members.bytesOrNull('signature', walletLengths.signature),
  };
}
const receiptFrom = (members: Members): Receipt => ({
  realmId: members.bytes('realm_id', pinLengths.realmId),
  ...receiptAt(members),
});
const closingFrom = (members: Members): Closing => ({
  realmId: members.bytes('realm_id', pinLengths.realmId),
  ...carriedAt(members),
});
const departureFrom = (members: Members): Departure => ({
  to: members.bytes('to', pinLengths.nodeSetHash),
  left: members.bytes('left', pinLengths.version),
  closing: carriedAt(members),
});
const signedAt = (members: Members) => ({
  timeMs: members.integer('time_ms'),
  signature: members.bytes('signature', pinLengths.signature),
});
const signedTo = ({ timeMs, signature }: Pick<Receipt, 'timeMs' | 'signature'>) => ({
  time_ms: timeMs,
  signature,
});

function receiptAt(members: Members): Omit<Receipt, 'realmId'> {
  const state = members.text('state');
  if (state !== 'active' && state !== 'held') throw new MalformedError('state: unknown');
  return { ...signedAt(members), active: state === 'active' };
}
const receiptTo = ({ active, ...signed }: Omit<Receipt, 'realmId'>) => ({
  ...signedTo(signed),
  state: active ? 'active' : 'held',
});

function carriedAt(members: Members): Omit<Closing, 'realmId'> {
  const carried = members.value('carried');
  if (!(carried instanceof Uint8Array)) throw new MalformedError('carried: not bytes');
  return { ...signedAt(members), carried };
}
const carriedTo = ({ carried, ...signed }: Omit<Closing, 'realmId'>) => ({ ...signedTo(signed), carried });
