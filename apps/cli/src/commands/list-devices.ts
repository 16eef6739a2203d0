import type { Context, Report } from '../command.ts';
import { sayTime } from './say-time.ts';

/** The devices that are logged in to the account. */
export async function listDevices({ hexkey }: Context): Promise<Report> {
  const devices = await hexkey.devices();
  return {
    value: { devices },
    lines: devices.flatMap((device) => [
      `${device.name} (${device.platform})${device.isThisOne ? ', this device' : ''}`,
      `    ${device.sessionId}`,
      `    last seen ${sayTime(device.lastSeenAtMs)} at ${device.place ?? 'an unknown place'}`,
      ...(device.state === 'locked' ? ['    has not shown the PIN'] : []),
    ]),
  };
}
