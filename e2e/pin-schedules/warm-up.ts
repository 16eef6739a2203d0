import {
  blindInput,
  evaluateBlinded,
  isGenuineEvaluation,
  isGenuineRelease,
  judgeGuess,
  makeNodeRecords,
  nodeIndices,
  openSecret,
  proveDleq,
  Secret,
  stretchedPinOf,
} from '@hexkey/protocol';
import { systemRandom as random } from './system-random.ts';

/**
 * A PIN set and entered without a network, for what it leaves behind: tables of the curves and compiled code, which otherwise every process makes
 * anew. No key of it is used again. @throws when that PIN is not the right one
 */
export function warmUp(): void {
  const realmIds = ['00'.repeat(16), '01'.repeat(16), '02'.repeat(16)];
  const indices = nodeIndices(realmIds);
  const stretchedPin = stretchedPinOf(new Secret(random(64)));
  const secret = new Secret(random(32));
  const version = random(16);
  const records = makeNodeRecords({ version, stretchedPin, secret, realmIds, threshold: 2 }, random);
  const guess = { accessKey: stretchedPin.accessKey, ...blindInput(stretchedPin.accessKey, random) };
  const answers = [...records].map(([realmId, record]) => {
    const { blindedInput } = guess;
    const { publicKey } = record.oprfSignedPublicKey;
    const privateKey = new Secret(record.oprfPrivateKey);
    const blindedResult = evaluateBlinded(privateKey, blindedInput);
    const proof = proveDleq(privateKey, { blindedInput, publicKey, blindedResult }, random);
    return [realmId, { ...record, blindedResult, proof }] as const;
  });
  const areGenuine = answers.every(([realmId, answer]) =>
    isGenuineEvaluation(realmId, guess.blindedInput, answer),
  );
  const judged = judgeGuess(guess, new Map(answers), indices, 2);
  if (!areGenuine || judged.verdict !== 'right') throw new Error('the PIN of the warm-up is not right');
  for (const [realmId, record] of records) isGenuineRelease(realmId, judged.unlockKey.key, record);
  openSecret(stretchedPin.encryptionKeySeed, records, indices, 2);
}
