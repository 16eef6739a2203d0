import { DomainError } from '@hexkey/contract';
import { MalformedError } from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import { isTransportFailure } from '../../transport/or-offline.ts';
import { readBounded } from '../../transport/read-bounded.ts';

/** The ledger's answer to a request it understood and refuses. */
export class LedgerRefusal extends Error {
  override readonly name = 'LedgerRefusal';
  /** Of JSON-RPC; -32002: the simulation before sending failed. */
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** One JSON-RPC request. @throws {DomainError} `LedgerUnavailable` @throws {LedgerRefusal} */
export type LedgerRpc = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Anybody can send somebody thousands of worthless tokens: the list of them must still be read. */
const maxAnswerBytes = 8 * 1024 * 1024;

/** JSON-RPC 2.0 by POST, as Solana's nodes speak it. Whatever is no answer of it counts as the ledger being away. */
export function ledgerRpc(
  deps: Pick<HexkeyDeps, 'fetch' | 'timeout' | 'apiTimeoutMs'>,
  url: string,
): LedgerRpc {
  return async (method, params) => {
    const answer = await ask(deps, url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
    if ('result' in answer) return answer.result;
    const { code, message } = (answer.error ?? {}) as { code?: unknown; message?: unknown };
    if (typeof code !== 'number' || typeof message !== 'string')
      throw new DomainError('LedgerUnavailable', {});
    throw new LedgerRefusal(code, message);
  };
}

async function ask(
  deps: Pick<HexkeyDeps, 'fetch' | 'timeout' | 'apiTimeoutMs'>,
  url: string,
  body: string,
): Promise<{ readonly result?: unknown; readonly error?: unknown }> {
  try {
    const response = await deps.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: deps.timeout(deps.apiTimeoutMs),
    });
    const text = new TextDecoder().decode(await readBounded(response, maxAnswerBytes));
    if (!response.ok) throw new DomainError('LedgerUnavailable', {});
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) throw new DomainError('LedgerUnavailable', {});
    return answer;
  } catch (error) {
    if (isTransportFailure(error) || error instanceof SyntaxError || error instanceof MalformedError)
      throw new DomainError('LedgerUnavailable', {});
    throw error;
  }
}
