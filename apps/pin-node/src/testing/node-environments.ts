import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type KeyPair,
  keyPairOfSeed,
  type Random,
  Secret,
  signNodeSet,
  toBase64url,
  toHex,
  utf8,
  verifyNodeSet,
  type WalletNodes,
  walletNodesOf,
} from '@hexkey/protocol';
import { initNodeKeys } from '../keys/node-keys.ts';
import { specifiedLimits } from './node-network.ts';

/** Three nodes that are installed and not started. */
export interface NodeInstallation {
  /** The environment of each. */
  readonly environments: Record<string, string>[];
  readonly realmIds: readonly string[];
  /** Mints the tenant's tokens. */
  readonly tenantKeys: KeyPair;
  readonly walletNodes: WalletNodes;
}

/** Makes the keys of three nodes and the node set over them. @returns the environment of each */
export function nodeEnvironments(folder: string, random: Random): Record<string, string>[] {
  return installNodes(folder, random).environments;
}

export function installNodes(folder: string, random: Random): NodeInstallation {
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
  const signed = signNodeSet(utf8(JSON.stringify(set)), operator.seed);
  writeFileSync(file, JSON.stringify(signed));
  const tenants = [{ tenant: 'hexkey', version: 1, publicKey: toBase64url(operator.publicKey) }];
  const environments = nodes.map((node, index) => ({
    HEXKEY_NODE_DATA_DIR: join(folder, `node-${index + 1}`),
    HEXKEY_NODE_ADDRESS: `http://localhost:8080${node.address}`,
    HEXKEY_NODE_SET_FILE: file,
    HEXKEY_OPERATOR_KEY: toHex(operator.publicKey),
    HEXKEY_NODE_TENANTS: JSON.stringify(tenants),
  }));
  const { hash } = verifyNodeSet(signed, operator.publicKey);
  return {
    environments,
    realmIds: nodes.map(({ realmId }) => realmId),
    tenantKeys: operator,
    walletNodes: walletNodesOf(set, hash),
  };
}
