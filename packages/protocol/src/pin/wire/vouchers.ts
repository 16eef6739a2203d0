import { MalformedError } from '../malformed.ts';
import type { Voucher, Vouchers } from '../voucher.ts';
import { type CborMap, cborMap } from './cbor.ts';
import { readMembers } from './members.ts';
import { pinLengths } from './registration.ts';

export function vouchersToCbor({ version, pinAuthKey, vouchers }: Vouchers): CborMap {
  return cborMap({
    version,
    pin_auth_key: pinAuthKey,
    nodes: vouchers.map(({ realmId, timeMs, signature }) =>
      cborMap({ realm_id: realmId, time_ms: timeMs, signature }),
    ),
  });
}

/** @throws {MalformedError} */
export function vouchersFromCbor(value: unknown): Vouchers {
  const members = readMembers(value, ['version', 'pin_auth_key', 'nodes']);
  const nodes = members.value('nodes');
  if (!Array.isArray(nodes)) throw new MalformedError('nodes: not an array');
  return {
    version: members.bytes('version', pinLengths.version),
    pinAuthKey: members.bytesOrNull('pin_auth_key', pinLengths.deviceKey),
    vouchers: nodes.map(voucherFromCbor),
  };
}

function voucherFromCbor(value: unknown): Voucher {
  const members = readMembers(value, ['realm_id', 'time_ms', 'signature']);
  return {
    realmId: members.bytes('realm_id', pinLengths.realmId),
    timeMs: members.integer('time_ms'),
    signature: members.bytes('signature', pinLengths.signature),
  };
}
