import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  decodeNodeRequest,
  encodeNodeAnswer,
  MalformedError,
  type NodeAnswer,
  type NodeRequest,
} from '@hexkey/protocol';
import type { GuardedClock } from '../clock/guarded-clock.ts';
import type { NodeLog } from '../log/node-log.ts';
import type { NodeMetrics } from '../metrics/node-metrics.ts';
import type { OperationDeps } from '../operation.ts';
import { performRequest } from '../perform-request.ts';
import { recordIdOf } from '../records/record-id.ts';
import { NodeRefusal } from '../refusal.ts';
import { type IdentifyDeps, identifyRequester } from '../requester/identify-requester.ts';
import { readBody } from './read-body.ts';
import { sendCbor, sendRefusal } from './send.ts';

export interface AnswerDeps extends OperationDeps, IdentifyDeps {
  readonly guardedClock: GuardedClock;
  readonly log: NodeLog;
  readonly metrics: NodeMetrics;
}

/** `POST {address}req`: who, what, do it, answer. Whatever goes wrong, there is an answer. */
export async function answerRequest(
  deps: AnswerDeps,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answered = deps.metrics.started();
  let kind: NodeRequest['kind'] | null = null;
  let outcome: NodeAnswer['outcome'] | null = null;
  try {
    const body = await readBody(message);
    const time = await deps.guardedClock.now();
    const requester = identifyRequester(deps, { headers: message.headers, body, nowMs: time.nowMs });
    const request = decodeOrRefuse(body);
    kind = request.kind;
    const context = { requester, recordId: recordIdOf(requester.user), time };
    const answer = await performRequest(deps, context, request);
    outcome = answer.outcome;
    sendCbor(response, encodeNodeAnswer(answer));
  } catch (error) {
    if (!(error instanceof NodeRefusal)) {
      deps.log.failed(error);
      deps.metrics.failed();
    }
    sendRefusal(response, error instanceof NodeRefusal ? error : new NodeRefusal(500, 'internal error'));
  }
  deps.log.answered({ kind, status: response.statusCode });
  answered({ kind, outcome, status: response.statusCode });
}

function decodeOrRefuse(body: Uint8Array): NodeRequest {
  try {
    return decodeNodeRequest(body);
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the request is malformed');
    throw error;
  }
}
