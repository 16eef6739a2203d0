import type { RpcMethod } from './method.ts';
import { accountMethods } from './methods/accounts.ts';
import { chainMethods } from './methods/chain.ts';
import { faucetMethods } from './methods/faucet.ts';
import { historyMethods } from './methods/history.ts';
import { submissionMethods } from './methods/submission.ts';
import { tokenMethods } from './methods/tokens.ts';

/** Every method that is answered over HTTP. */
export const rpcMethods: ReadonlyMap<string, RpcMethod> = new Map(
  Object.entries({
    ...accountMethods,
    ...chainMethods,
    ...faucetMethods,
    ...historyMethods,
    ...submissionMethods,
    ...tokenMethods,
  }),
);
