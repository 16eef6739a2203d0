import { DomainError } from '@hexkey/contract';
import type { Context, Report } from '../command.ts';
import { askNewPin, askPin, newPinOptions, withProgress } from './ask-pin.ts';

/** The old PIN, the new one four times. The old one stops working at once; words and account stay. */
export async function changePin({ hexkey, terminal, options }: Context): Promise<Report> {
  const oldPin = await askPin(terminal, 'Old PIN:');
  // Wrong digits are told before the new ones are typed four times.
  await withProgress(terminal, (onProgress) => hexkey.checkPin(oldPin, onProgress));
  const newPin = await askNewPin(hexkey, terminal);
  if (newPin.reveal() === oldPin.reveal())
    throw new DomainError('InvalidField', { field: 'pin', problem: 'the new PIN is the old one' });
  await withProgress(terminal, (onProgress) =>
    hexkey.changePin(oldPin, newPin, onProgress, {
      ...newPinOptions(options),
      someoneKnew: options['someone-knew'] === true,
    }),
  );
  return { value: { changed: true }, lines: ['The PIN is changed. The old one works nowhere any more.'] };
}
