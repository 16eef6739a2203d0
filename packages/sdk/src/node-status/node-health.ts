import { MalformedError, type NodeSetEntry, resolveNodeAddress, textOf } from '@hexkey/protocol';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { HexkeyDeps } from '../deps.ts';
import { isTransportFailure } from '../transport/or-offline.ts';
import { readBounded } from '../transport/read-bounded.ts';
import type { PinNodeView } from './pin-nodes.ts';

export type NodeHealth = Pick<PinNodeView, 'state' | 'version' | 'latencyMs'>;

/** docs/protocol/pin-node.md section 6. Later nodes may say more. */
const Answer = Type.Object({
  realmID: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  version: Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\w.+-]+$' }),
  state: Type.Union([
    Type.Literal('serving'),
    Type.Literal('draining'),
    Type.Literal('clock-jumped'),
    Type.Literal('clock-behind'),
  ]),
});

export type HealthDeps = Pick<HexkeyDeps, 'origin' | 'fetch' | 'timeout' | 'clock' | 'nodeTimeoutMs'>;

const maxAnswerBytes = 4096;

/** Asks a node how it is. Sends nothing about the account; whatever comes of it is an answer. */
export async function askHealth(deps: HealthDeps, node: NodeSetEntry): Promise<NodeHealth> {
  const askedAtMs = deps.clock.now();
  try {
    const response = await deps.fetch(resolveNodeAddress(node.address, deps.origin), {
      method: 'GET',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: deps.timeout(deps.nodeTimeoutMs),
    });
    const said = answerIn(await readBounded(response, maxAnswerBytes));
    if (!response.ok || said === null) return unknown('no-node');
    if (said.realmID !== node.realmId) return unknown('another-node');
    // A wall clock that was set back meanwhile must not show a negative time.
    const latencyMs = Math.max(0, deps.clock.now() - askedAtMs);
    return { state: said.state, version: said.version, latencyMs };
  } catch (error) {
    if (error instanceof MalformedError) return unknown('no-node');
    if (isTransportFailure(error)) return unknown('not-answering');
    throw error;
  }
}

const unknown = (state: PinNodeView['state']): NodeHealth => ({ state, version: null, latencyMs: null });

function answerIn(body: Uint8Array): Static<typeof Answer> | null {
  try {
    const said: unknown = JSON.parse(textOf(body));
    return Value.Check(Answer, said) ? said : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
