import type { EnrolledDevice } from '@hexkey/protocol';

/** The enrolments that outlive a replacement: sessions of official clients end where a signing device takes over. */
export function keptDevices(
  devices: readonly EnrolledDevice[],
  madeWithProof: boolean,
): readonly EnrolledDevice[] {
  return madeWithProof ? devices.filter((device) => device.caller.startsWith('key:')) : devices;
}
