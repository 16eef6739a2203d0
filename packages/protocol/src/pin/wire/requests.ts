import { MalformedError } from '../malformed.ts';
import { type CborMap, type CborValue, cborMap, decodeCbor, decodeVariant, encodeCbor } from './cbor.ts';
import { readMembers } from './members.ts';
import { pinLengths, type Registration, registrationFromCbor, registrationToCbor } from './registration.ts';

/**
 * Everything that is POSTed to a node: Juicebox's six requests and our four
 * (docs/protocol/pin-node.md section 4).
 */
export type NodeRequest =
  | { readonly kind: 'Register1' | 'Recover1' | 'Delete' | 'ListVersions' }
  | { readonly kind: 'Register2'; readonly registration: Registration }
  | { readonly kind: 'Recover2'; readonly version: Uint8Array; readonly blindedInput: Uint8Array }
  | { readonly kind: 'Recover3' | 'Commit'; readonly version: Uint8Array; readonly unlockKeyTag: Uint8Array }
  | {
      readonly kind: 'Stage';
      readonly registration: Registration;
      /** SHA-256 of the node set's payload bytes, 32 bytes. */
      readonly nodeSetHash: Uint8Array;
      /** Ed25519 login key of the words bucket; null when the account has none. */
      readonly loginKey: Uint8Array | null;
    }
  | {
      readonly kind: 'ReadLog';
      /** The sequence of the last entry that is known already; 0 for none. */
      readonly afterSequence: number;
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
      const members = readMembers(content, ['version', 'unlock_key_tag']);
      return {
        kind: tag,
        version: members.bytes('version', pinLengths.version),
        unlockKeyTag: members.bytes('unlock_key_tag', pinLengths.unlockKeyTag),
      };
    }
    case 'Stage': {
      const members = readMembers(content, ['register2', 'node_set_hash', 'login_key']);
      return {
        kind: tag,
        registration: registrationFromCbor(members.value('register2')),
        nodeSetHash: members.bytes('node_set_hash', pinLengths.nodeSetHash),
        loginKey: members.bytesOrNull('login_key', pinLengths.deviceKey),
      };
    }
    case 'ReadLog':
      return { kind: tag, afterSequence: readMembers(content, ['after_sequence']).integer('after_sequence') };
    default:
      throw new MalformedError('unknown request');
  }
}

function contentOf(request: NodeRequest): CborMap | null {
  switch (request.kind) {
    case 'Register2':
      return registrationToCbor(request.registration);
    case 'Recover2':
      return cborMap({ version: request.version, oprf_blinded_input: request.blindedInput });
    case 'Recover3':
    case 'Commit':
      return cborMap({ version: request.version, unlock_key_tag: request.unlockKeyTag });
    case 'Stage':
      return cborMap({
        register2: registrationToCbor(request.registration),
        node_set_hash: request.nodeSetHash,
        login_key: request.loginKey,
      });
    case 'ReadLog':
      return cborMap({ after_sequence: request.afterSequence });
    default:
      return null;
  }
}
