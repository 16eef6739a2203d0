import { DomainError } from '@hexkey/contract';
import type { Hexkey } from '@hexkey/sdk';
import type { Context, Report } from '../command.ts';
import { sayTime } from './say-time.ts';

/** The account of this profile. @throws {DomainError} `SessionEnded` without one */
export const whoAmI = ({ hexkey }: Context): Promise<Report> => sayAccount(hexkey);

export async function sayAccount(hexkey: Hexkey): Promise<Report & { readonly value: object }> {
  const { place } = hexkey;
  if (place.at === 'signed-out') throw new DomainError('SessionEnded', {});
  const { accountId, sessionId } = place.session;
  if (place.at !== 'home') {
    const next = place.at === 'set-pin' ? '`hexkey pin set` sets it.' : '`hexkey pin verify` opens it.';
    return {
      value: { state: place.at, accountId, sessionId },
      lines: [
        place.at === 'set-pin'
          ? `This account has no working PIN yet: ${next}`
          : `Logged in, but the PIN was not shown yet: ${next}`,
      ],
    };
  }
  const account = await hexkey.account();
  return {
    value: { state: place.at, sessionId, changeInterrupted: place.changeInterrupted, ...account },
    lines: [
      `Hexkey ID  ${account.hexkeyId}`,
      ...(account.name === null ? [] : [`Name       ${account.name}`]),
      `Phone      ${account.phoneMasked ?? 'none'}`,
      `Created    ${sayTime(account.createdAtMs)}`,
      `PIN set    ${sayTime(account.pinSetAtMs)}`,
      ...(place.changeInterrupted
        ? ['A PIN change was interrupted: `hexkey pin verify` with the old or the new PIN ends it.']
        : []),
    ],
  };
}
