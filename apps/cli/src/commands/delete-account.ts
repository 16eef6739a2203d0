import { DomainError, schemas } from '@hexkey/contract';
import type { DeletionFlow } from '@hexkey/sdk';
import { Value } from 'typebox/value';
import type { Context, Report } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { askPin } from './ask-pin.ts';
import { sayTime } from './say-time.ts';

/** Asks for the account to be deleted in 30 days, for the PIN twice and the code of a phone account, and forgets the account here. */
export async function deleteAccount({ hexkey, terminal, options }: Context): Promise<Report> {
  const flow = await hexkey.deletion.open(await askPin(terminal));
  try {
    const { code: sent, effectiveAtMs } = await flow.prepare('en');
    const day = sayTime(effectiveAtMs);
    const agreed =
      options['nobody-can-undo-it'] === true ||
      (await terminal.confirm(
        `Delete this account on ${day}? Until then its words or phone number, and the PIN, take that back; afterwards nobody can, or spend from its wallet.`,
        'Say it with --nobody-can-undo-it.',
      ));
    if (!agreed) throw new UsageError('Nothing was asked for.');
    const code = sent === null ? null : await askCode(terminal, sent.verificationId);
    const pin = await askPin(terminal, 'PIN again:');
    await flow.confirm({ pin, code, erasesDevice: true });
    return {
      value: { effectiveAtMs },
      lines: [
        `The account is deleted on ${day}. Every device is logged out, and the account forgotten here.`,
        'To keep it: hexkey login --keep-account',
      ],
    };
  } finally {
    flow.close();
  }
}

async function askCode(
  terminal: Context['terminal'],
  verificationId: string,
): Promise<Parameters<DeletionFlow['confirm']>[0]['code']> {
  const digits = await terminal.askSecret('The 4-digit code that was sent:');
  if (!Value.Check(schemas.SmsCode, digits.reveal()))
    throw new DomainError('InvalidField', { field: 'code', problem: 'must be four digits' });
  return { verificationId, digits };
}
