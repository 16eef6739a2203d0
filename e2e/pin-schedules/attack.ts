import { DomainError } from '@hexkey/contract';
import { decodeNodeAnswer, decodeNodeRequest, Secret, toHex } from '@hexkey/protocol';
import { type Fetch, memoryVault } from '@hexkey/sdk';
import { BrokenRule } from './broken-rule.ts';
import { clientOf } from './client-of.ts';
import type { NodePlan } from './fault-plan.ts';
import { type Installation, limits } from './installation.ts';

const devices = 3;
const triesEach = 4;

/**
 * Somebody who has the words, but not the PIN, guesses from three devices at once while a node is killed. Counted is what matters to him: blinded
 * PINs that a node evaluated and answered, by node.
 * @throws {BrokenRule} a node that gave one more than its limit
 */
export async function attackedNodes(
  installation: Installation,
  words: readonly string[],
  victim: { readonly node: number; readonly plan: NodePlan },
): Promise<readonly number[]> {
  const { file } = installation;
  const granted = file.nodes.map(() => new Set<string>());
  const listening: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    const place = file.nodes.findIndex(({ port }) => url.startsWith(`http://127.0.0.1:${port}/`));
    if (place === -1 || response.status !== 200) return response;
    const request = decodeNodeRequest(init.body as Uint8Array);
    if (request.kind !== 'Recover2') return response;
    const answer = decodeNodeAnswer(new Uint8Array(await response.clone().arrayBuffer()), 'Recover2');
    if (answer.outcome === 'Ok') granted[place]?.add(toHex(request.blindedInput));
    return response;
  };
  await Promise.all(file.nodes.map((_, node) => installation.plan(node, { write: -1, when: 'before' })));
  await installation.plan(victim.node, { ...victim.plan, write: 3 + victim.plan.write });
  const clock = { now: installation.now, moveTo: () => undefined };
  const round = async (first: number) => {
    const attackers = Array.from({ length: devices }, () =>
      clientOf(file, { clock, fetch: listening, vault: memoryVault() }),
    );
    for (const attacker of attackers) await attacker.loginWithWords(new Secret(words));
    await Promise.all(
      attackers.map(async (attacker, place) => {
        for (let guess = 0; guess < triesEach; guess += 1) {
          const pin = `${900_000 + first + place * triesEach + guess}`;
          await attacker.unlock(new Secret(pin), () => undefined).catch(expectRefusal);
        }
        await attacker.settled();
      }),
    );
  };
  await round(0);
  await installation.revive();
  await round(devices * triesEach);
  await Promise.all(file.nodes.map((_, node) => installation.plan(node, null)));
  const answered = granted.map(({ size }) => size);
  const most = Math.max(...answered);
  if (most > limits.words.attempts)
    throw new BrokenRule(`a node gave ${most} guesses where ${limits.words.attempts} are allowed`);
  return answered;
}

function expectRefusal(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}
