import { keyPairOfSeed, Secret, signNodeSet, toBase64url, utf8 } from '@hexkey/protocol';

const operator = keyPairOfSeed(new Secret(new Uint8Array(32).fill(1)));
const week = 7 * 24 * 60 * 60_000;
const hpkeKey = toBase64url(new Uint8Array(32).fill(5));
const logKeys = [1, 2, 3].map((number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(number + 10))));

const numbered = (number: number) => ({
  realmId: String(number).repeat(32),
  address: `/nodes/${number}/`,
  name: `node ${number}`,
});

const nodeSet = {
  id: 'test',
  epoch: 1,
  threshold: 2,
  tenant: 'hexkey',
  limits: {
    provenDevice: { attempts: 5, windowMs: week / 7 },
    words: { attempts: 10, windowMs: week },
    newDevice: { attempts: 10, windowMs: week },
  },
  nodes: logKeys.map(({ publicKey }, place) => ({
    ...numbered(place + 1),
    operator: 'Test',
    region: 'here',
    logKey: toBase64url(publicKey),
    hpkeKey,
  })),
};

export const testNodeSet = {
  operatorKey: operator.publicKey,
  signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operator.seed),
};

/** The operator's, for sets that follow. */
export const testOperatorSeed = operator.seed;

/** What its nodes sign with, in the order of their realm ids. */
export const testLogKeys = logKeys;
