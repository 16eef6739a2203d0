import { isDomainError } from '@hexkey/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf } from '../testing/test-client.ts';
import {
  held,
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletPin,
} from '../testing/wallet-people.ts';

let network: TestNetwork;
let ledger: TestLedger;
let ben: WalletPerson;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ben = await newWalletPerson(network, ledger);
  await ben.wallet.requestTestFunds(null);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

const newPin = pinOf('314159');

/** With 3 nodes: the server is told, 3 stages, the notice, 3 commits, the activation. */
const stepsInAll = 9;

test('somebody knew the PIN: wherever the change is stopped, the wallet has the same address and pays under the PIN that won', async () => {
  const ada = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  let [before, oldPin, nextPin] = [await held(ben, null), walletPin, newPin];
  for (let steps = 0; steps <= stepsInAll; steps += 1) {
    const fetchOnce = mortalFetch(fetch, steps, steps % 2 === 1);
    const dying = await restartedPerson(network, ledger, ada, { fetch: fetchOnce });
    await dying.changePin(oldPin, nextPin, noProgress, { someoneKnew: true }).catch(() => undefined);
    await dying.settled();
    network.clock.advance(11 * 60_000);

    const client = await restartedPerson(network, ledger, ada);
    const winner = await client.checkPin(nextPin, noProgress).then(
      () => nextPin,
      async (error) => {
        if (!isDomainError(error, 'WrongPin')) throw error;
        await client.checkPin(oldPin, noProgress);
        return oldPin;
      },
    );
    await client.settled();
    expect(await client.wallet.state(), `after ${steps}`).toMatchObject({
      is: 'ready',
      address: ada.address,
    });
    const quote = await client.wallet.quote({
      to: { hexkeyId: ben.hexkeyId },
      mint: null,
      amount: 1_000_000n,
      memo: null,
    });
    await client.wallet.send(quote.intentId, { pin: winner }, noProgress);
    before += 1_000_000n;
    expect(await held(ben, null), `after ${steps}`).toBe(before);
    // People who know the owner still find the address signed by the identity they have pinned.
    const back = await ben.wallet.quote({
      to: { hexkeyId: ada.hexkeyId },
      mint: null,
      amount: 1_000_000n,
      memo: null,
    });
    expect(back.recipient.address).toBe(ada.address);
    if (winner === nextPin) [oldPin, nextPin] = [nextPin, oldPin];
  }
}, 300_000);
