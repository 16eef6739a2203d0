import type { Context, Report } from '../command.ts';
import { askPin } from './ask-pin.ts';

/** Ends this login, for the PIN, and forgets the account here. */
export async function logOut({ hexkey, terminal }: Context): Promise<Report> {
  await hexkey.logOut(await askPin(terminal));
  return { value: { loggedOut: true }, lines: ['Logged out.'] };
}

/** Drops this login without the PIN, and forgets the account here. */
export async function switchAccount({ hexkey }: Context): Promise<Report> {
  await hexkey.switchAccount();
  return { value: { loggedOut: true }, lines: ['This login is dropped, and the account forgotten here.'] };
}
