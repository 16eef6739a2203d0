import type { Hexkey, Place } from '@hexkey/sdk';
/** What the fake's nodes and server do; tests of screens choose by address. */
export declare const scenarios: readonly [
  'normal',
  'locked',
  'nodes-down',
  'nodes-silent',
  'no-logs',
  'logs-fail',
  'only-copy',
  'interrupted',
  'start-fails',
  'clock-skew',
  'update-required',
];
export type Scenario = (typeof scenarios)[number];
/** The one PIN the fake knows. */
export declare const fakePin = '314159';
/** A Hexkey without servers, for tests of the screens alone. */
export declare function createFakeHexkey(given: {
  at: Place['at'];
  scenario: Scenario;
  nowMs: () => number;
}): Hexkey;
export declare const aVerification: (nowMs: number) => {
  verificationId: string;
  resendAtMs: number;
  expiresAtMs: number;
};
