import { keyPairOfSeed, Secret, signNodeSet, toBase64url, utf8 } from '@hexkey/protocol';

const operator = keyPairOfSeed(new Secret(new Uint8Array(32).fill(1)));
const week = 7 * 24 * 60 * 60_000;
const nodeKey = toBase64url(new Uint8Array(32).fill(5));

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
  nodes: [1, 2, 3].map((number) => ({
    realmId: String(number).repeat(32),
    address: `/nodes/${number}/`,
    operator: 'Test',
    name: `node ${number}`,
    region: 'here',
    logKey: nodeKey,
    hpkeKey: nodeKey,
  })),
};

export const testNodeSet = {
  operatorKey: operator.publicKey,
  signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operator.seed),
};
