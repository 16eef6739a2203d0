import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ChatDevice, newPerson, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let devices: ChatDevice[] = [];
beforeAll(async () => {
  network = await startNetwork(2);
  devices = [await newPerson(network), await newPerson(network), await newPerson(network)];
});
afterAll(() => network.stop());

const who = fc.nat(2);
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('say' as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('react' as const), who, target: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), who, target: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose' as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), who }) },
  ),
  { minLength: 6, maxLength: 14 },
);

/** What everybody must agree on; whose message it is, as an account. */
async function seenBy({ client }: ChatDevice, chatId: string): Promise<string> {
  const { messages } = await client.chats.messages(chatId);
  return JSON.stringify(
    messages
      .filter(({ content }) => content.kind === 'text' || content.kind === 'deleted')
      .map(({ id, sender, content, reactions }) => ({
        ...{ id, content, sender: sender.accountId },
        reactions: reactions.map(({ emoji, who: people }) => [
          emoji,
          people.map((one) => one.accountId).sort(),
        ]),
      })),
  );
}

test('three clients that lose their connections as it happens end with the same messages everywhere', async () => {
  const [owner, ...others] = devices as [ChatDevice, ...ChatDevice[]];
  const group = await owner.client.chats.createGroup(
    'Weather',
    others.map(({ hexkeyId }) => hexkeyId),
  );
  for (const { client } of others)
    await until(async () => (await client.chats.list()).some(({ chatId }) => chatId === group));
  let said = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      for (const step of history) {
        const device = devices[step.who] as ChatDevice;
        const { chats } = device.client;
        const { messages } = await chats.messages(group);
        const target = 'target' in step ? messages.at(-1 - (step.target % messages.length)) : undefined;
        said += 1;
        if (step.kind === 'say') await chats.send(group, { kind: 'text', text: `${said}` });
        else if (step.kind === 'lose') await device.drop();
        else if (step.kind === 'wait') await device.client.settled();
        else if (target?.content.kind === 'text' && target.state !== 'waiting') {
          if (step.kind === 'react') await chats.react(group, target.id, said % 2 === 0 ? '👍' : null);
          else if (target.sender.isSelf) await chats.deleteForEveryone(group, target.id);
        }
      }
      const isQuiet = async (device: ChatDevice) =>
        (await device.client.chats.messages(group)).messages.every(({ state }) => state !== 'waiting');
      for (const device of devices) await until(() => isQuiet(device));
      await until(async () => {
        const views = await Promise.all(devices.map((device) => seenBy(device, group)));
        return new Set(views).size === 1;
      });
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(said).toBeGreaterThan(0);
});
