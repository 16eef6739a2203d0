import { DomainError, schemas } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { Value } from 'typebox/value';
import type { Context } from '../command.ts';

/** Has a code sent to a number and asks for it. The number is asked for too: an argument would stay in the shell's history. */
export async function askPhoneCode(
  { hexkey, terminal }: Context,
  purpose: 'register' | 'login',
): Promise<{ readonly verificationId: string; readonly code: Secret<string> }> {
  const phone = (await terminal.ask('Phone number, with + and country code:')).replaceAll(/[\s()-]/g, '');
  if (!Value.Check(schemas.PhoneNumber, phone)) throw new DomainError('InvalidPhoneNumber', {});
  const { verificationId } = await hexkey.requestPhoneCode(new Secret(phone), purpose, 'en');
  const code = await terminal.askSecret('The 4-digit code that was sent:');
  if (!Value.Check(schemas.SmsCode, code.reveal()))
    throw new DomainError('InvalidField', { field: 'code', problem: 'must be four digits' });
  return { verificationId, code };
}
