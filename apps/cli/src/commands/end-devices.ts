import type { Context, Report } from '../command.ts';
import { askPin } from './ask-pin.ts';

/** Logs another device out. */
export async function endDevice({
  hexkey,
  terminal,
  parameters: [sessionId = ''],
}: Context): Promise<Report> {
  await hexkey.endDevice(sessionId, await askPin(terminal));
  return { value: { ended: [sessionId] }, lines: ['That device is logged out.'] };
}

/** Logs every other device out. */
export async function endOtherDevices({ hexkey, terminal }: Context): Promise<Report> {
  const others = (await hexkey.devices()).filter(({ isThisOne }) => !isThisOne);
  await hexkey.endOtherDevices(await askPin(terminal));
  return {
    value: { ended: others.map(({ sessionId }) => sessionId) },
    lines: [`Logged out: ${others.map(({ name }) => name).join(', ') || 'nobody, this is the only device'}.`],
  };
}
