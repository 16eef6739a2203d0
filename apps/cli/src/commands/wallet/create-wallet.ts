import type { Context, Report } from '../../command.ts';
import { askPin, withProgress } from '../ask-pin.ts';
import { showAddress } from './show-wallet.ts';

/** Makes the wallet where there is none. @throws {DomainError} what `unlock` throws, `SomeNodesAway`, `NodeCheated` */
export async function createWallet(context: Context): Promise<Report> {
  const { hexkey, terminal } = context;
  const pin = await askPin(terminal);
  await withProgress(terminal, (onProgress) => hexkey.wallet.create(pin, onProgress));
  return showAddress(context);
}
