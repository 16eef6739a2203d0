import { Agent } from 'node:http';
import { fromHex, keyPairOfSeed, Secret } from '@hexkey/protocol';
import { type NodeReply, prepareForNode } from './node-client.ts';
import { blindedInputs } from './pin-node-load.ts';

/** What the benchmark sends to make ready one process of a race. */
export interface RacerOrder {
  readonly address: string;
  readonly realmId: string;
  readonly userId: string;
  readonly token: string;
  readonly deviceSeed: string;
  readonly version: string;
  readonly guesses: number;
}

/** What became of one process's guesses. */
export interface RacerReport {
  readonly granted: number;
  readonly refused: number;
}

let agent = new Agent();
let guesses: readonly (() => Promise<NodeReply>)[] = [];

// Told what to guess it signs its guesses, told "go" it sends them all at once.
process.on('message', async (message: RacerOrder | 'go') => {
  if (message !== 'go') {
    guesses = prepare(message);
    process.send?.('ready');
    return;
  }
  const replies = await Promise.all(guesses.map((send) => send()));
  agent.destroy();
  const granted = replies.filter(({ answer }) => answer?.outcome === 'Ok').length;
  process.send?.({ granted, refused: replies.length - granted } satisfies RacerReport);
});
process.once('disconnect', () => process.exit(0));

function prepare(order: RacerOrder): (() => Promise<NodeReply>)[] {
  const { address, userId, token } = order;
  agent = new Agent({ keepAlive: true });
  const deviceKeys = keyPairOfSeed(new Secret(fromHex(order.deviceSeed)));
  const sender = { agent, address, realmId: fromHex(order.realmId), userId, token, deviceKeys };
  return blindedInputs(order.guesses).map((blindedInput) =>
    prepareForNode(sender, { kind: 'Recover2', version: fromHex(order.version), blindedInput }),
  );
}
