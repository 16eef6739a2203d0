import { openPayer, type PayerHome, timeOfPayment } from './payer.ts';

/** What a fresh process is asked to do. */
export interface PayerOrder {
  readonly home: PayerHome;
  readonly to: string;
  readonly isWarm: boolean;
  readonly payments: number;
}

process.once('message', async ({ home, to, isWarm, payments }: PayerOrder) => {
  const payer = openPayer(home);
  await payer.start();
  const times: number[] = [];
  while (times.length < payments) times.push(await timeOfPayment(payer, to, isWarm));
  await payer.settled();
  process.send?.({ times }, () => process.exit(0));
});
