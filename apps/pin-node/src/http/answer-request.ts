import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { MalformedError } from '@hexkey/protocol';
import type { GuardedClock, TrustedTime } from '../clock/guarded-clock.ts';
import type { NodeLog } from '../log/node-log.ts';
import type { AnsweredRequest, NodeMetrics } from '../metrics/node-metrics.ts';
import type { OperationContext } from '../operation.ts';
import { recordIdOf } from '../records/record-id.ts';
import { NodeRefusal } from '../refusal.ts';
import { type IdentifyDeps, identifyRequester } from '../requester/identify-requester.ts';
import { readBody } from './read-body.ts';
import { sendCbor, sendRefusal } from './send.ts';

export interface AnswerDeps extends IdentifyDeps {
  readonly guardedClock: GuardedClock;
  readonly log: NodeLog;
  readonly metrics: NodeMetrics;
}

type Kind = NonNullable<AnsweredRequest['kind']>;
type Outcome = NonNullable<AnsweredRequest['outcome']>;

/** One path that takes requests: `{address}req` and `{address}wallet` differ in these alone. */
export interface Surface<
  Q extends { readonly kind: Kind } = { readonly kind: Kind },
  A extends { readonly outcome: Outcome } = { readonly outcome: Outcome },
  C = OperationContext,
> {
  readonly maxBytes: number;
  /** Who asks, and when, before the body is read as a request. @throws {NodeRefusal} */
  admit(deps: IdentifyDeps, sent: SentRequest): C;
  /** @throws {MalformedError} */
  decode(body: Uint8Array): Q;
  /** @throws {NodeRefusal} */
  perform(context: C, request: Q): Promise<A>;
  encode(answer: A): Uint8Array;
}

/** What came, not believed yet. */
export interface SentRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  readonly time: TrustedTime;
}

/** By token and proof, as everywhere but where a signature inside the request is all that counts. @throws {NodeRefusal} */
export function admitRequester(deps: IdentifyDeps, { headers, body, time }: SentRequest): OperationContext {
  const requester = identifyRequester(deps, { headers, body, nowMs: time.nowMs });
  return { requester, recordId: recordIdOf(requester.user), time };
}

/** Who, what, do it, answer. Whatever goes wrong, there is an answer. */
export async function answerRequest<
  Q extends { readonly kind: Kind },
  A extends { readonly outcome: Outcome },
  C,
>(
  deps: AnswerDeps,
  surface: Surface<Q, A, C>,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answered = deps.metrics.started();
  let kind: Kind | null = null;
  let outcome: Outcome | null = null;
  try {
    const body = await readBody(message, surface.maxBytes);
    const time = await deps.guardedClock.now();
    const context = surface.admit(deps, { headers: message.headers, body, time });
    const request = decodeOrRefuse(surface, body);
    kind = request.kind;
    const answer = await surface.perform(context, request);
    outcome = answer.outcome;
    sendCbor(response, surface.encode(answer));
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

function decodeOrRefuse<Q extends { readonly kind: Kind }, A extends { readonly outcome: Outcome }, C>(
  surface: Surface<Q, A, C>,
  body: Uint8Array,
): Q {
  try {
    return surface.decode(body);
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the request is malformed');
    throw error;
  }
}
