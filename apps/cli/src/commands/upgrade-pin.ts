import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPhoneCode } from './ask-phone-code.ts';
import { setPin } from './set-pin.ts';

/**
 * Moves an account that came from another system to the PIN network: phone code, old PIN, new PIN. Cut off anywhere, the same command goes
 * on. The session begins with the old PIN; who has one already is asked for the new PIN only.
 */
export async function upgradePin(context: Context): Promise<Report> {
  const { hexkey, terminal } = context;
  if (hexkey.place.at === 'enter-pin' || hexkey.place.at === 'home')
    throw new UsageError('This account has its PIN. See `hexkey whoami`, or choose another --profile.');
  if (hexkey.place.at === 'signed-out') {
    const { verificationId, code } = await askPhoneCode(context, 'login');
    const legacyPin = await terminal.askSecret('The PIN or password of the other system:');
    await hexkey.loginWithLegacyPin(verificationId, code, legacyPin);
  }
  return setPin(context);
}
