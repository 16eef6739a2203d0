import { type GroupCrypto, type GroupCryptoOptions, GroupCryptoRefusal } from '../group-crypto.ts';
import type { Method, Order, Port, Report, WireError } from './wire.ts';

/** `validate` threw in the page, which keeps the error under this question. */
class ValidateFailure extends Error {
  readonly id: number;
  constructor(id: number) {
    super('validate failed');
    this.id = id;
  }
}

type Open = (options: Pick<GroupCryptoOptions, 'device' | 'validate'>) => Promise<GroupCrypto>;

/** Methods whose results hold bytes nobody else has: they move instead of being copied. */
const givesAway: readonly Method[] = ['prepareCommit', 'joinExternally', 'groupInfo', 'makeKeyPackages'];

/** The worker's side: opens when it is told to, then does what it is asked in the order in which it is asked. */
export function serveGroupCrypto(port: Port, open: Open): void {
  let opened: Promise<GroupCrypto> | null = null;
  let questions = 0;
  const asked = new Map<number, (answer: (Order & { kind: 'validated' })['answer']) => void>();
  const validate: GroupCryptoOptions['validate'] = async (identity, signatureKey) => {
    questions += 1;
    const id = questions;
    const answer = await new Promise<(Order & { kind: 'validated' })['answer']>((resolve) => {
      asked.set(id, resolve);
      port.postMessage({ kind: 'validate', id, identity, signatureKey });
    });
    if (answer === 'failed') throw new ValidateFailure(id);
    return answer;
  };
  async function work(order: Exclude<Order, { kind: 'validated' }>): Promise<void> {
    try {
      if (order.kind === 'open') opened = open({ device: order.device, validate });
      const crypto = await opened;
      if (crypto === null) throw new Error('a call before the worker was opened');
      const value = order.kind === 'open' ? null : await call(crypto, order.method, order.args);
      const moved = order.kind === 'call' && givesAway.includes(order.method) ? buffersIn(value) : [];
      port.postMessage({ kind: 'done', id: order.id, value } satisfies Report, moved);
    } catch (error) {
      port.postMessage({ kind: 'failed', id: order.id, error: wireErrorOf(error) });
    }
  }
  port.onmessage = ({ data }: MessageEvent<Order>) => {
    if (data.kind !== 'validated') return work(data);
    asked.get(data.id)?.(data.answer);
    asked.delete(data.id);
  };
}

function call(crypto: GroupCrypto, method: Method, args: readonly unknown[]): Promise<unknown> {
  return (crypto[method] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
}

function wireErrorOf(error: unknown): WireError {
  if (error instanceof GroupCryptoRefusal) return { kind: 'refusal', reason: error.reason };
  if (error instanceof ValidateFailure) return { kind: 'validate', id: error.id };
  return { kind: 'other', error };
}

function buffersIn(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) {
    const { buffer } = value;
    return buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength ? [buffer] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersIn) : [];
}
