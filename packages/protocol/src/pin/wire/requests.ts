import { MalformedError } from '../malformed.ts';
import type { Vouchers } from '../voucher.ts';
import { type CborMap, type CborValue, cborMap, decodeCbor, decodeVariant, encodeCbor } from './cbor.ts';
import { type Members, readMembers } from './members.ts';
import { pinLengths, type Registration, registrationFromCbor, registrationToCbor } from './registration.ts';
import { markMember, type RightPinMark, rightPinMarkIn } from './right-pin-mark.ts';
import { vouchersFromCbor, vouchersToCbor } from './vouchers.ts';

/** The versions that a node held when it was asked, 16 bytes each. */
export interface ReplacedVersions {
  readonly committed: Uint8Array | null;
  readonly staged: Uint8Array | null;
}

/**
 * Everything that is POSTed to a node: Juicebox's six requests and our own
 * (docs/protocol/pin-node.md section 4).
 */
export type NodeRequest =
  | { readonly kind: 'Register1' | 'Recover1' | 'Delete' | 'ListVersions' | 'Vouch' }
  | { readonly kind: 'Register2'; readonly registration: Registration }
  | { readonly kind: 'Recover2'; readonly version: Uint8Array; readonly blindedInput: Uint8Array }
  | { readonly kind: 'Recover3'; readonly version: Uint8Array; readonly unlockKeyTag: Uint8Array }
  | {
      readonly kind: 'Commit';
      readonly version: Uint8Array;
      readonly unlockKeyTag: Uint8Array;
      readonly rightPinMark?: RightPinMark;
    }
  | {
      readonly kind: 'Stage';
      readonly registration: Registration;
      /** SHA-256 of the node set's payload bytes, 32 bytes. */
      readonly nodeSetHash: Uint8Array;
      /** Ed25519 login key of the words bucket; null when the account has none. */
      readonly loginKey: Uint8Array | null;
      /** Ed25519 PIN-auth key of the secret in the record, 32 bytes; without one, null. */
      readonly pinAuthKey?: Uint8Array | null;
      /** Signature of the PIN-auth key before over this one (`signHandover`). */
      readonly handover?: Uint8Array;
      /** In the place of a right PIN at a node that missed a change. */
      readonly vouchers?: Vouchers;
      /** What the sender saw there: a node that holds anything else takes nothing. Left out by clients that do not know it. */
      readonly replaces?: ReplacedVersions;
      readonly rightPinMark?: RightPinMark;
    }
  | {
      readonly kind: 'ReadLog';
      /** The sequence of the last entry that is known already; 0 for none. */
      readonly afterSequence: number;
    }
  | {
      readonly kind: 'ForgetDevice';
      /** RFC 7638 thumbprint of the device key, 32 bytes. */
      readonly device: Uint8Array;
    };

/** A node reads no more of a request than this. */
export const maxRequestBytes = 2048;

export function encodeNodeRequest(request: NodeRequest): Uint8Array<ArrayBuffer> {
  const content = contentOf(request);
  return encodeCbor(content === null ? request.kind : new Map<string, CborValue>([[request.kind, content]]));
}

/**
 * Reads a request strictly: no unknown member, every length exact. Scalars and points are not checked here.
 * @throws {MalformedError}
 */
export function decodeNodeRequest(bytes: Uint8Array): NodeRequest {
  const { tag, content } = decodeVariant(decodeCbor(bytes));
  switch (tag) {
    case 'Register1':
    case 'Recover1':
    case 'Delete':
    case 'ListVersions':
    case 'Vouch':
      if (content !== undefined) throw new MalformedError('unexpected content');
      return { kind: tag };
    case 'Register2':
      return { kind: tag, registration: registrationFromCbor(content) };
    case 'Recover2': {
      const members = readMembers(content, ['version', 'oprf_blinded_input']);
      return {
        kind: tag,
        version: members.bytes('version', pinLengths.version),
        blindedInput: members.bytes('oprf_blinded_input', pinLengths.point),
      };
    }
    case 'Recover3':
    case 'Commit': {
      const isCommit = tag === 'Commit';
      const members = readMembers(content, ['version', 'unlock_key_tag', ...(isCommit ? [markMember] : [])]);
      return {
        kind: tag,
        version: members.bytes('version', pinLengths.version),
        unlockKeyTag: members.bytes('unlock_key_tag', pinLengths.unlockKeyTag),
        ...rightPinMarkIn(members),
      };
    }
    case 'Stage':
      return stageFrom(readMembers(content, stageMembers));
    case 'ForgetDevice':
      return { kind: tag, device: readMembers(content, ['device']).bytes('device', pinLengths.thumbprint) };
    case 'ReadLog':
      return { kind: tag, afterSequence: readMembers(content, ['after_sequence']).integer('after_sequence') };
    default:
      throw new MalformedError('unknown request');
  }
}

const stageMembers = [
  'register2',
  'node_set_hash',
  'login_key',
  'pin_auth_key',
  'handover',
  'vouchers',
  'replaces',
  markMember,
];

function stageFrom(members: Members): NodeRequest {
  return {
    kind: 'Stage',
    registration: registrationFromCbor(members.value('register2')),
    nodeSetHash: members.bytes('node_set_hash', pinLengths.nodeSetHash),
    loginKey: members.bytesOrNull('login_key', pinLengths.deviceKey),
    ...(members.has('pin_auth_key') && {
      pinAuthKey: members.bytesOrNull('pin_auth_key', pinLengths.deviceKey),
    }),
    ...(members.has('handover') && { handover: members.bytes('handover', pinLengths.signature) }),
    ...(members.has('vouchers') && { vouchers: vouchersFromCbor(members.value('vouchers')) }),
    ...(members.has('replaces') && { replaces: replacesFrom(members.value('replaces')) }),
    ...rightPinMarkIn(members),
  };
}

function replacesFrom(value: unknown): ReplacedVersions {
  const members = readMembers(value, ['committed', 'staged']);
  return {
    committed: members.bytesOrNull('committed', pinLengths.version),
    staged: members.bytesOrNull('staged', pinLengths.version),
  };
}

function contentOf(request: NodeRequest): CborMap | null {
  switch (request.kind) {
    case 'Register2':
      return registrationToCbor(request.registration);
    case 'Recover2':
      return cborMap({ version: request.version, oprf_blinded_input: request.blindedInput });
    case 'Recover3':
      return cborMap({ version: request.version, unlock_key_tag: request.unlockKeyTag });
    case 'Commit':
      return cborMap({
        version: request.version,
        unlock_key_tag: request.unlockKeyTag,
        [markMember]: request.rightPinMark,
      });
    case 'Stage':
      return cborMap({
        register2: registrationToCbor(request.registration),
        node_set_hash: request.nodeSetHash,
        login_key: request.loginKey,
        pin_auth_key: request.pinAuthKey,
        handover: request.handover,
        vouchers: request.vouchers && vouchersToCbor(request.vouchers),
        replaces: request.replaces && cborMap({ ...request.replaces }),
        [markMember]: request.rightPinMark,
      });
    case 'ForgetDevice':
      return cborMap({ device: request.device });
    case 'ReadLog':
      return cborMap({ after_sequence: request.afterSequence });
    default:
      return null;
  }
}
