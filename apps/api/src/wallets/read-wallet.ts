import type { AnswerOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { holdUntilMs } from './hold.ts';
import { walletRecordOf } from './wallet-record.ts';

export async function readWallet(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  { session, account }: Caller,
): Promise<AnswerOf<typeof routes.getWallet>> {
  const wallet = await stores.wallets.get(account.id);
  return {
    wallet: wallet === null ? null : walletRecordOf(wallet),
    holdUntilMs: holdUntilMs(session, clock.now()),
  };
}
