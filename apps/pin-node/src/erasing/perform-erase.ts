import type { EraseAnswer, EraseRequest } from '@hexkey/protocol';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import type { OperationDeps } from '../operation.ts';
import { eraseAccount } from './erase-account.ts';
import { withdrawErase } from './withdraw-erase.ts';

/** As `performRequest`, for `{address}erase`. @throws {NodeRefusal} 503 */
export async function performErase(
  deps: OperationDeps,
  time: TrustedTime,
  request: EraseRequest,
): Promise<EraseAnswer> {
  return request.kind === 'Erase' ? eraseAccount(deps, time, request) : withdrawErase(deps, time, request);
}
