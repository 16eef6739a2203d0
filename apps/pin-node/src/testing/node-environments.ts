import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyPairOfSeed, type Random, Secret, signNodeSet, toBase64url, toHex, utf8 } from '@hexkey/protocol';
import { initNodeKeys } from '../keys/node-keys.ts';
import { specifiedLimits } from './node-network.ts';

/** Makes the keys of three nodes and the node set over them. @returns the environment of each */
export function nodeEnvironments(folder: string, random: Random): Record<string, string>[] {
  const operator = keyPairOfSeed(new Secret(random(32)));
  const nodes = [1, 2, 3].map((number) => ({
    ...initNodeKeys(join(folder, `node-${number}`), random),
    address: `/nodes/${number}/`,
    operator: 'demo',
    name: `Node ${number}`,
    region: 'here',
  }));
  const set = { id: 'demo', epoch: 1, threshold: 2, limits: specifiedLimits, tenant: 'hexkey', nodes };
  const file = join(folder, 'node-set.json');
  writeFileSync(file, JSON.stringify(signNodeSet(utf8(JSON.stringify(set)), operator.seed)));
  const tenants = [{ tenant: 'hexkey', version: 1, publicKey: toBase64url(operator.publicKey) }];
  return nodes.map((node, index) => ({
    HEXKEY_NODE_DATA_DIR: join(folder, `node-${index + 1}`),
    HEXKEY_NODE_ADDRESS: `http://localhost:8080${node.address}`,
    HEXKEY_NODE_SET_FILE: file,
    HEXKEY_OPERATOR_KEY: toHex(operator.publicKey),
    HEXKEY_NODE_TENANTS: JSON.stringify(tenants),
  }));
}
