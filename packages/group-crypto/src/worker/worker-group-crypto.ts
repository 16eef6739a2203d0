import {
  type GroupCrypto,
  type GroupCryptoOptions,
  GroupCryptoRefusal,
  type VerifiedDevice,
} from '../group-crypto.ts';
import type { Method, Order, Port, Report, WireError } from './wire.ts';

/**
 * The page's side of a `GroupCrypto` in a worker: same methods, same errors. `validate` is asked here, where the network is.
 * @param port a started worker; its owner ends it after `close`
 */
export async function workerGroupCrypto(
  port: Port,
  { device, validate }: Pick<GroupCryptoOptions, 'device' | 'validate'>,
): Promise<GroupCrypto> {
  let orders = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const validateErrors = new Map<number, unknown>();

  async function answer(question: Report & { kind: 'validate' }): Promise<void> {
    const reply = (verdict: VerifiedDevice | null | 'failed') =>
      port.postMessage({ kind: 'validated', id: question.id, answer: verdict });
    try {
      reply(await validate(question.identity, question.signatureKey));
    } catch (error) {
      validateErrors.set(question.id, error);
      reply('failed');
    }
  }
  function errorOf(error: WireError): unknown {
    if (error.kind === 'refusal') return new GroupCryptoRefusal(error.reason);
    if (error.kind === 'other') return error.error;
    const thrown = validateErrors.get(error.id);
    validateErrors.clear();
    return thrown;
  }
  port.onmessage = ({ data }: MessageEvent<Report>) => {
    if (data.kind === 'validate') return answer(data);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'done') call?.resolve(data.value);
    else call?.reject(errorOf(data.error));
  };
  port.onerror = () => {
    // The event's text may name what the worker was given; the reason is in the worker's own console.
    for (const { reject } of waiting.values()) reject(new Error('the worker of the groups failed'));
    waiting.clear();
  };
  type Unnumbered<O> = O extends Order ? Omit<O, 'id'> : never;
  const ask = (order: Unnumbered<Exclude<Order, { kind: 'validated' }>>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      orders += 1;
      waiting.set(orders, { resolve, reject });
      port.postMessage({ ...order, id: orders });
    });
  const method =
    <M extends Method>(name: M) =>
    (...args: Parameters<GroupCrypto[M]>) =>
      ask({ kind: 'call', method: name, args }) as ReturnType<GroupCrypto[M]>;

  await ask({ kind: 'open', device });
  return {
    signatureKey: method('signatureKey'),
    setCredential: method('setCredential'),
    makeKeyPackages: method('makeKeyPackages'),
    makeLastResort: method('makeLastResort'),
    create: method('create'),
    prepareCommit: method('prepareCommit'),
    pendingCommit: method('pendingCommit'),
    abandonCommit: method('abandonCommit'),
    joinExternally: method('joinExternally'),
    encrypt: method('encrypt'),
    reencrypt: method('reencrypt'),
    sent: method('sent'),
    receive: method('receive'),
    inbox: method('inbox'),
    taken: method('taken'),
    members: method('members'),
    epoch: method('epoch'),
    groupInfo: method('groupInfo'),
    groups: method('groups'),
    forget: method('forget'),
    close: method('close'),
  };
}
