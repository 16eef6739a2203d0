import type { NodeAnswer, NodeRequest } from '@hexkey/protocol';
import { readLog } from './attempt-log/read-log.ts';
import type { OperationContext, OperationDeps } from './operation.ts';
import { evaluateGuess } from './recovery/evaluate-guess.ts';
import { findVersion } from './recovery/find-version.ts';
import { releaseShare } from './recovery/release-share.ts';
import { commitPin } from './registration/commit-pin.ts';
import { deletePin } from './registration/delete-pin.ts';
import { forgetDevice } from './registration/forget-device.ts';
import { listVersions } from './registration/list-versions.ts';
import { registerPin } from './registration/register-pin.ts';
import { stagePin } from './registration/stage-pin.ts';
import { vouch } from './registration/vouch.ts';

/** Each request has one use case; this is the table. @throws {NodeRefusal} */
export async function performRequest(
  deps: OperationDeps,
  context: OperationContext,
  request: NodeRequest,
): Promise<NodeAnswer> {
  switch (request.kind) {
    case 'Register1':
      // Juicebox asks whether the realm would take a registration. Overwriting is judged at Register2.
      return { kind: 'Register1', outcome: 'Ok' };
    case 'Register2':
      return registerPin(deps, context, request.registration);
    case 'Recover1':
      return findVersion(deps, context);
    case 'Recover2':
      return evaluateGuess(deps, context, request);
    case 'Recover3':
      return releaseShare(deps, context, request);
    case 'Delete':
      return deletePin(deps, context);
    case 'ListVersions':
      return listVersions(deps, context);
    case 'Stage':
      return stagePin(deps, context, request);
    case 'Commit':
      return commitPin(deps, context, request);
    case 'Vouch':
      return vouch(deps, context);
    case 'ForgetDevice':
      return forgetDevice(deps, context, request);
    case 'ReadLog':
      return readLog(deps, context, request);
  }
}
