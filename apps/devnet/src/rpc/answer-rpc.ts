import { Type } from 'typebox';
import { Compile } from 'typebox/schema';
import { encodeJson } from './json.ts';
import { RpcError, rpcCodes } from './rpc-error.ts';

/** JSON-RPC 2.0 section 4. A request without an id is a notification: it is done and not answered. */
const Request = Compile(
  Type.Object({
    jsonrpc: Type.Literal('2.0'),
    method: Type.String({ maxLength: 64 }),
    id: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Number(), Type.Null()])),
    params: Type.Optional(Type.Union([Type.Array(Type.Unknown()), Type.Null()])),
  }),
);

/** @throws {RpcError} a refusal; anything else is a bug, which the caller hears of without its reason */
export type RpcCall = (method: string, params: readonly unknown[]) => unknown;

type Id = string | number | null;
const maxBatch = 100;
/** Of a batch, together: the rest is neither done nor answered. */
const maxBatchAnswerBytes = 20 * 1024 * 1024;

/**
 * Answers the text of one request or of a batch.
 *
 * @param onBug told what no request should lead to
 * @returns a JSON-RPC answer, a list of them, or null when there is nothing to say
 */
export async function answerRpc(
  text: string,
  call: RpcCall,
  onBug: (error: unknown) => void,
): Promise<object | null> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return failure(null, rpcCodes.parseError, 'Parse error');
  }
  if (!Array.isArray(body)) return answerOne(body, call, onBug);
  if (body.length === 0 || body.length > maxBatch)
    return failure(null, rpcCodes.invalidRequest, `A batch holds from 1 to ${maxBatch} requests`);
  const answers: object[] = [];
  // One after the other: a batch may send a transaction and ask for what it changed.
  let leftBytes = maxBatchAnswerBytes;
  for (const one of body) {
    const answer =
      leftBytes > 0
        ? await answerOne(one, call, onBug)
        : failure(idOf(one), rpcCodes.invalidRequest, 'The answers before this one are too long together');
    if (answer === null) continue;
    leftBytes -= encodeJson(answer).length;
    answers.push(answer);
  }
  return answers.length === 0 ? null : answers;
}

async function answerOne(
  request: unknown,
  call: RpcCall,
  onBug: (error: unknown) => void,
): Promise<object | null> {
  if (!Request.Check(request)) return failure(idOf(request), rpcCodes.invalidRequest, 'Invalid request');
  const answer = await resultOf(request.id ?? null, () => call(request.method, request.params ?? []), onBug);
  return request.id === undefined ? null : answer;
}

async function resultOf(id: Id, run: () => unknown, onBug: (error: unknown) => void): Promise<object> {
  try {
    return { jsonrpc: '2.0', result: await run(), id };
  } catch (error) {
    if (error instanceof RpcError) return failure(id, error.code, error.message, error.data);
    onBug(error);
    return failure(id, rpcCodes.internalError, 'Internal error');
  }
}

function failure(id: Id, code: number, message: string, data?: unknown): object {
  return { jsonrpc: '2.0', error: { code, message, ...(data !== undefined && { data }) }, id };
}

function idOf(request: unknown): Id {
  const id = typeof request === 'object' && request !== null && 'id' in request ? request.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
