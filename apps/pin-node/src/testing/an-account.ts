import { deviceKeyThumbprint, fromBase64url, type NodeUser, toBase64url } from '@hexkey/protocol';
import type { LogChange } from '../attempt-log/log-state.ts';
import { writeDown } from '../attempt-log/write-down.ts';
import { emptyRecord, type HeldRegistration, type PinRecord } from '../records/pin-record.ts';
import { recordIdOf } from '../records/record-id.ts';

/** What `PinStore.replace` is given for a new row. */
export interface AccountRow {
  readonly recordId: Uint8Array;
  readonly record: PinRecord;
  readonly log: LogChange;
}

/** The row of an account whose PIN was set by our client on one device, as it is right after: staged and committed. */
export function anAccount(account: {
  readonly realmId: Uint8Array;
  readonly user: NodeUser;
  readonly held: HeldRegistration;
  readonly deviceKey: Uint8Array;
  readonly setAtMs: number;
}): AccountRow {
  const { realmId, user, held, deviceKey, setAtMs } = account;
  const caller = `key:${toBase64url(deviceKey)}`;
  const event = {
    timeMs: setAtMs,
    bucket: 'newDevice',
    device: fromBase64url(deviceKeyThumbprint(deviceKey)),
    outcome: 'done',
  } as const;
  const empty = emptyRecord(0);
  const { log, change } = writeDown(
    { ...empty.log, prunedAtMs: setAtMs },
    { realmId, user },
    [
      { ...event, operation: 'stage' },
      { ...event, operation: 'commit', outcome: 'right' },
    ],
    setAtMs,
  );
  return {
    recordId: recordIdOf(user),
    record: {
      ...empty,
      committed: held,
      committedAtMs: setAtMs,
      madeWithProof: true,
      throttle: {
        ...empty.throttle,
        devices: [{ caller, lastRightAtMs: setAtMs, enrolledAtMs: setAtMs, wrongInARow: 0 }],
      },
      log,
    },
    log: change,
  };
}
