import type { Context, Report } from '../command.ts';
import { plainLine } from '../plain-line.ts';
import { askPin } from './ask-pin.ts';

/** Lets another device in, which shows its code: it gets a login to this account, and shows the PIN itself. */
export async function approveDevice({ hexkey, terminal }: Context): Promise<Report> {
  const code = await terminal.askSecret('The code of the new device (nothing is shown):');
  const device = await hexkey.deviceLinks.open(code);
  const { name, platform, place } = device;
  terminal.note(
    plainLine(`${name} (${platform}) at ${place ?? 'an unknown place'} asks to be let in to your account.`),
  );
  terminal.note('Only go on if you have this device in front of you.');
  await device.approve(await askPin(terminal));
  return {
    value: { approved: { name, platform, place } },
    lines: [plainLine(`${name} is linked. Enter your PIN on it now.`)],
  };
}
