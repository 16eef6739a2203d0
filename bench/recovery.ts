import { recordResults } from './record-results.ts';
import { contactInChromium, contactInNode } from './recovery/contacts.ts';
import { measureCodes, ownerOf } from './recovery/measure-codes.ts';
import { measureWrongIds } from './recovery/measure-wrong-ids.ts';
import { startRecoveryNetwork } from './recovery/recovery-network.ts';

// The recovery contact: how soon a code is before their eyes, and what the time of a refusal gives away.
const network = await startRecoveryNetwork();
try {
  const inNode = await contactInNode(network);
  const inChromium = await contactInChromium(network);
  try {
    const owners = [
      await ownerOf(network, inNode, '+12025550181'),
      await ownerOf(network, inChromium, '+12025550182'),
    ] as const;
    say('asking for codes');
    recordResults('recovery, codes', await measureCodes(network, owners));
    say('entering wrong Hexkey IDs');
    recordResults('recovery, wrong IDs', [await measureWrongIds(network, owners[0], inChromium.hexkeyId)]);
  } finally {
    await Promise.all([inNode.stop(), inChromium.stop()]);
  }
} finally {
  await network.stop();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
