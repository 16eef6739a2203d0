import type { EraseAnswer, MoveAnswer, NodeAnswer, WalletAnswer } from '@hexkey/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What became of one request. Every member is a word from a closed list: nothing in it names a user. */
export interface AnsweredRequest {
  readonly kind: (EraseAnswer | MoveAnswer | NodeAnswer | WalletAnswer)['kind'] | null;
  readonly outcome: (EraseAnswer | MoveAnswer | NodeAnswer | WalletAnswer)['outcome'] | null;
  readonly status: number;
}

/** Whether the node serves PINs at this moment, and if not, why. */
export type ServiceState = 'serving' | 'draining' | 'clock-jumped' | 'clock-behind';

/** What an operator may count about a node. */
export interface NodeMetrics {
  /** @returns to be called when the answer is sent */
  started(): (request: AnsweredRequest) => void;
  failed(): void;
  /** Prometheus text format, version 0.0.4. */
  text(): Promise<string>;
}

export const noMetrics: NodeMetrics = {
  started: () => () => {},
  failed() {},
  text: async () => '',
};

/** @param stateOf asked at every scrape */
export function prometheusMetrics(stateOf: () => Promise<ServiceState>): NodeMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'hexkey_pin_node_requests_total',
    help: 'Requests by kind, outcome of the realm protocol and HTTP status. Refused ones have no outcome.',
    labelNames: ['kind', 'outcome', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'hexkey_pin_node_request_seconds',
    help: 'Time from the head of a request to its answer.',
    labelNames: ['kind'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const failures = new Counter({
    name: 'hexkey_pin_node_failures_total',
    help: 'Requests that ended in a bug or a broken store. Look into the log.',
    registers,
  });
  new Gauge({
    name: 'hexkey_pin_node_state',
    help: '1 for the state the node is in: only "serving" answers requests.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      this.set({ state: await stateOf() }, 1);
    },
  });
  return {
    started() {
      const observe = seconds.startTimer();
      return ({ kind, outcome, status }) => {
        observe({ kind: kind ?? 'none' });
        requests.inc({ kind: kind ?? 'none', outcome: outcome ?? 'none', status: String(status) });
      };
    },
    failed: () => failures.inc(),
    text: () => registry.metrics(),
  };
}
