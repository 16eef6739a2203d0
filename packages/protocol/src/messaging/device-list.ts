import { type KeyPair, signEd25519, verifyEd25519 } from '../account/ed25519.ts';
import { statement } from '../account/statements.ts';
import { equalBytes, utf8 } from '../encoding/bytes.ts';
import { MalformedError } from '../pin/malformed.ts';
import { cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';

/** Devices of an account that take part in conversations. */
export const maxListedDevices = 5;
/** Changes of the AIK that a list remembers: a contact who missed more than these compares anew. */
export const maxHandovers = 8;

export interface ListedDevice {
  /** UUID text of the session. */
  readonly deviceId: string;
  /** The device's MLS key, Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
}

/** One change of the AIK, said by the key before it: `previousAik` names the one that follows. */
export interface AikHandover {
  readonly previousAik: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** Which devices speak for an account (docs/protocol/messaging.md section 1). Public. */
export interface DeviceList {
  readonly accountId: string;
  /** From 1, one more with each change. */
  readonly version: number;
  readonly aik: Uint8Array;
  readonly devices: readonly ListedDevice[];
  /** Oldest first; each hands over to the key of the next, the last to `aik`. */
  readonly handovers: readonly AikHandover[];
}

/** As it is sent and kept: the exact bytes that were signed. */
export interface SignedDeviceList {
  readonly list: Uint8Array<ArrayBuffer>;
  /** By the AIK that the list names, 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** @param list at most `maxListedDevices` devices; its AIK is the signer's */
export function signDeviceList(aik: KeyPair, list: Omit<DeviceList, 'aik'>): SignedDeviceList {
  const bytes = encodeDeviceList({ ...list, aik: aik.publicKey });
  return { list: bytes, signature: signEd25519(aik, listStatement(bytes)) };
}

/** The old AIK names the one that follows it. @returns the last handover of the new key's lists */
export function signAikHandover(accountId: string, previous: KeyPair, aik: Uint8Array): AikHandover {
  const signature = signEd25519(previous, handoverStatement(accountId, previous.publicKey, aik));
  return { previousAik: previous.publicKey, signature };
}

/** Whether the key before has named this one. */
export function verifyAikHandover(
  accountId: string,
  { previousAik, signature }: AikHandover,
  aik: Uint8Array,
): boolean {
  return verifyEd25519(previousAik, handoverStatement(accountId, previousAik, aik), signature);
}

/**
 * The list, once the AIK it names has signed it and each handover in it holds; null otherwise. Whether that AIK is the account's own is not judged
 * here.
 */
export function verifyDeviceList({ list, signature }: SignedDeviceList): DeviceList | null {
  try {
    const parsed = readDeviceList(list);
    return verifyEd25519(parsed.aik, listStatement(list), signature) && hasGoodChain(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/** Whether the list names the device with exactly this key. */
export function isListed(list: DeviceList, deviceId: string, signatureKey: Uint8Array): boolean {
  return list.devices.some(
    (device) => device.deviceId === deviceId && equalBytes(device.signatureKey, signatureKey),
  );
}

function hasGoodChain({ accountId, aik, handovers }: DeviceList): boolean {
  const followers = [...handovers.slice(1).map(({ previousAik }) => previousAik), aik];
  return handovers.every((handover, index) =>
    verifyAikHandover(accountId, handover, followers[index] as Uint8Array),
  );
}

/** Whether an AIK is the list's, or one that led to it by handovers. */
export function isOfLine({ aik, handovers }: DeviceList, key: Uint8Array): boolean {
  return equalBytes(aik, key) || handovers.some(({ previousAik }) => equalBytes(previousAik, key));
}

/** Whether the list names these devices with these keys and no others, in any order. */
export function namesExactly(list: DeviceList, devices: readonly ListedDevice[]): boolean {
  return (
    list.devices.length === devices.length &&
    devices.every(({ deviceId, signatureKey }) => isListed(list, deviceId, signatureKey))
  );
}

/** A list that was verified before: kept by whoever reads it. @throws {MalformedError} anything that `signDeviceList` does not write */
export function readDeviceList(bytes: Uint8Array): DeviceList {
  const members = readMembers(decodeCbor(bytes), ['account', 'version', 'aik', 'devices', 'handovers']);
  const version = members.integer('version');
  if (version === 0) throw new MalformedError('version: begins at 1');
  const devices = listOf(members.value('devices'), maxListedDevices).map(parseDevice);
  if (new Set(devices.map(({ deviceId }) => deviceId)).size !== devices.length)
    throw new MalformedError('devices: one is listed twice');
  return {
    accountId: members.uuid('account'),
    version,
    aik: members.bytes('aik', 32),
    devices,
    handovers: listOf(members.value('handovers'), maxHandovers).map(parseHandover),
  };
}

function encodeDeviceList(list: DeviceList): Uint8Array<ArrayBuffer> {
  return encodeCbor(
    cborMap({
      account: list.accountId,
      version: list.version,
      aik: list.aik,
      devices: list.devices.map(({ deviceId, signatureKey }) =>
        cborMap({ device: deviceId, signature_key: signatureKey }),
      ),
      handovers: list.handovers.map(({ previousAik, signature }) =>
        cborMap({ previous_aik: previousAik, signature }),
      ),
    }),
  );
}

function parseDevice(value: unknown): ListedDevice {
  const members = readMembers(value, ['device', 'signature_key']);
  return { deviceId: members.uuid('device'), signatureKey: members.bytes('signature_key', 32) };
}

function parseHandover(value: unknown): AikHandover {
  const members = readMembers(value, ['previous_aik', 'signature']);
  return { previousAik: members.bytes('previous_aik', 32), signature: members.bytes('signature', 64) };
}

function listOf(value: unknown, max: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > max) throw new MalformedError('not a short list');
  return value;
}

function listStatement(list: Uint8Array): Uint8Array {
  return statement('hexkey/1 device-list', list);
}

function handoverStatement(accountId: string, previousAik: Uint8Array, aik: Uint8Array): Uint8Array {
  return statement('hexkey/1 aik-handover', utf8(accountId), previousAik, aik);
}
