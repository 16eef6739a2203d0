import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '@hexkey/protocol';
import { type Config, isLoopback } from '../config.ts';
import type { Installation } from '../installation/prepare-installation.ts';
import { StartError } from '../start-error.ts';
import type { Part } from './part.ts';
import { programOf, viteOf } from './programs.ts';

export interface Ports {
  readonly api: number;
  readonly outbox: number;
  readonly web: number;
  readonly devnet: number;
  readonly nodes: readonly number[];
}

export interface Plan {
  readonly config: Config;
  readonly installation: Installation;
  readonly ports: Ports;
  readonly outboxToken: Secret<string>;
  /** What the devnet says of itself; null: a cluster is used. */
  readonly devnet: DevnetFacts | null;
  /** The built web client, or null: Vite serves it from its sources. */
  readonly webFolder: string | null;
}

/** Public facts that the devnet's `init` prints. */
export interface DevnetFacts {
  readonly testToken: {
    readonly mint: string;
    readonly name: string;
    readonly symbol: string;
    readonly decimals: number;
  };
}

/** Where clients find the ledger, whichever it is. */
const ledgerPath = '/ledger/';
export const devnetFolder = (dataFolder: string) => join(dataFolder, 'devnet');
const loopback = (port: number) => `http://127.0.0.1:${port}`;

/** Every part to start, each with its settings and nothing else: no part knows another one's folder or keys. */
export function planParts(plan: Plan): readonly Part[] {
  return [
    ...(hasOutbox(plan.config) ? [outboxPart(plan)] : []),
    ...(plan.devnet === null ? [] : [devnetPart(plan)]),
    apiPart(plan),
    ...nodeParts(plan),
    ...(plan.webFolder === null ? [devServerPart(plan)] : []),
    frontDoorPart(plan),
  ];
}

/** With a public URL that others can reach, nobody must read sign-up codes here: the API then answers 10003. */
export function hasOutbox({ publicUrl }: Config): boolean {
  return isLoopback(publicUrl);
}

function outboxPart({ config, ports, outboxToken }: Plan): Part {
  const address = loopback(ports.outbox);
  return {
    name: 'outbox',
    args: programOf('outbox'),
    env: {
      ...config.baseEnv,
      HEXKEY_OUTBOX_PORT: String(ports.outbox),
      HEXKEY_OUTBOX_TOKEN: outboxToken.reveal(),
    },
    seats: [{ name: 'outbox', address, healthUrl: `${address}/health` }],
  };
}

function devnetPart({ config, ports }: Plan): Part {
  return {
    name: 'devnet',
    args: programOf('devnet', 'serve'),
    env: {
      ...config.baseEnv,
      HEXKEY_DEVNET_PORT: String(ports.devnet),
      HEXKEY_DEVNET_DATA_DIR: devnetFolder(config.dataFolder),
    },
    seats: [
      {
        name: 'devnet',
        address: `${config.publicUrl.origin}${ledgerPath}`,
        healthUrl: `${loopback(ports.devnet)}/health`,
      },
    ],
  };
}

function apiPart({ config, installation, ports, outboxToken, devnet }: Plan): Part {
  return {
    name: 'api',
    args: programOf('api', 'serve'),
    env: {
      ...config.baseEnv,
      ...config.apiEnv,
      HEXKEY_API_HOST: '127.0.0.1',
      HEXKEY_API_PORT: String(ports.api),
      HEXKEY_API_DATA_DIR: installation.apiFolder,
      HEXKEY_PUBLIC_URL: config.publicUrl.origin,
      HEXKEY_NODE_SET_FILE: installation.nodeSetFile,
      HEXKEY_OPERATOR_KEY: installation.operatorKey,
      HEXKEY_TRUST_PROXY: '1',
      HEXKEY_LEDGER: JSON.stringify({
        kind: devnet === null ? 'cluster' : 'devnet',
        path: ledgerPath,
        testToken: devnet?.testToken ?? null,
      }),
      ...(hasOutbox(config) && {
        HEXKEY_OUTBOX_URL: `${loopback(ports.outbox)}/messages`,
        HEXKEY_OUTBOX_TOKEN: outboxToken.reveal(),
      }),
    },
    seats: [
      {
        name: 'api',
        address: `${config.publicUrl.origin}/api/`,
        healthUrl: `${loopback(ports.api)}/api/health`,
      },
    ],
  };
}

function nodeParts(plan: Plan): readonly Part[] {
  const { config, installation, ports } = plan;
  const settings = installation.nodeFolders.map((folder, index) => ({
    HEXKEY_NODE_HOST: '127.0.0.1',
    HEXKEY_NODE_PORT: String(ports.nodes[index]),
    HEXKEY_NODE_DATA_DIR: folder,
    HEXKEY_NODE_ADDRESS: `${config.publicUrl.origin}/nodes/${index + 1}/`,
    HEXKEY_NODE_NAME: `node-${index + 1}`,
    HEXKEY_NODE_SET_FILE: installation.nodeSetFiles[index] ?? installation.nodeSetFile,
    HEXKEY_OPERATOR_KEY: installation.operatorKey,
    HEXKEY_NODE_TENANTS: JSON.stringify(installation.tenants),
    ...databaseOf(plan, index),
  }));
  const seats = settings.map((node) => ({
    name: node.HEXKEY_NODE_NAME,
    address: node.HEXKEY_NODE_ADDRESS,
    healthUrl: `${loopback(Number(node.HEXKEY_NODE_PORT))}/health`,
  }));
  if (config.compact) {
    const file = join(config.dataFolder, 'nodes.json');
    writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
    return [{ name: 'nodes', args: programOf('pin-node', 'serve-many', file), env: config.baseEnv, seats }];
  }
  return settings.map((node, index) => ({
    name: node.HEXKEY_NODE_NAME,
    args: programOf('pin-node', 'serve'),
    env: { ...config.baseEnv, ...node },
    seats: seats.slice(index, index + 1),
  }));
}

/** @throws {StartError} too few or too many databases for the nodes */
function databaseOf({ config, installation }: Plan, index: number): { DATABASE_URL?: string } {
  const { nodeDatabaseUrls: urls } = config;
  if (urls === null) return {};
  const count = installation.nodeFolders.length;
  if (urls.length !== count)
    throw new StartError(
      `HEXKEY_NODE_DATABASE_URLS names ${urls.length} databases, but there are ${count} nodes`,
    );
  const url = urls[index];
  return url === undefined ? {} : { DATABASE_URL: url.reveal() };
}

function devServerPart({ config, installation, ports }: Plan): Part {
  const address = loopback(ports.web);
  return {
    name: 'vite',
    args: viteOf('apps/web', '--host', '127.0.0.1', '--port', String(ports.web), '--strictPort'),
    env: {
      ...config.baseEnv,
      HEXKEY_OPERATOR_KEY: installation.operatorKey,
      HEXKEY_TEAM_KEY: installation.teamKey,
    },
    seats: [{ name: 'vite', address, healthUrl: `${address}/` }],
  };
}

function frontDoorPart({ config, installation, ports, webFolder }: Plan): Part {
  return {
    name: 'front-door',
    args: programOf('front-door'),
    env: {
      ...config.baseEnv,
      HEXKEY_DOOR_HOST: config.host,
      HEXKEY_DOOR_PORT: String(config.port),
      HEXKEY_PUBLIC_URL: config.publicUrl.origin,
      HEXKEY_DOOR_API: loopback(ports.api),
      HEXKEY_DOOR_NODES: JSON.stringify(ports.nodes.map(loopback)),
      HEXKEY_NODE_SET_FILE: installation.nodeSetFile,
      ...(config.cluster === null
        ? { HEXKEY_DOOR_DEVNET: loopback(ports.devnet) }
        : {
            HEXKEY_DOOR_CLUSTER: config.cluster.rpcUrl.reveal(),
            HEXKEY_DOOR_CLUSTER_SOCKETS: config.cluster.webSocketUrl.reveal(),
          }),
      ...(config.trustProxy && { HEXKEY_TRUST_PROXY: '1' }),
      ...(webFolder === null
        ? { HEXKEY_DOOR_DEV_SERVER: loopback(ports.web) }
        : { HEXKEY_DOOR_WEB: webFolder }),
    },
    seats: [
      {
        name: 'web',
        address: config.publicUrl.origin,
        healthUrl: `http://${reachable(config.host)}:${config.port}/health`,
      },
    ],
  };
}

/** A host that can be connected to, for one that means "every interface". */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
