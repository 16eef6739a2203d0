import type { NextNodes, NodeState, PinNodes, PinNodeView } from '@hexkey/sdk';

/** Five nodes for tests of the screens: all well and of five operators, or of one operator and in every state. */
export function somePinNodes(nowMs: number, mixed: boolean): PinNodes {
  const states: readonly NodeState[] = mixed
    ? ['serving', 'draining', 'clock-jumped', 'not-answering', 'another-node']
    : ['serving', 'serving', 'serving', 'serving', 'serving'];
  const operators = ['Hexkey', 'Aster Foundation', 'Norrland University', 'Kestrel Mutual', 'Ada’s Basement'];
  const regions = ['Frankfurt', 'Singapore', 'Umeå', 'São Paulo', 'Toronto'];
  const nodes = states.map((state, place): PinNodeView => {
    const answers = state !== 'not-answering' && state !== 'another-node';
    return {
      realmId: String(place).repeat(32),
      name: `Node ${place + 1}`,
      operator: mixed ? 'Hexkey' : (operators[place] ?? 'Hexkey'),
      region: regions[place] ?? 'Local',
      address: `/nodes/${place + 1}/`,
      fingerprint: Array.from({ length: 8 }, (_, group) => `${place}a${group}f`).join(' '),
      state,
      version: answers ? '0.1.0' : null,
      latencyMs: answers ? 12 + 31 * place : null,
    };
  });
  return {
    setId: 'hexkey-2026',
    epoch: 1,
    threshold: 3,
    nodes,
    dominantOperator: mixed ? 'Hexkey' : null,
    next: null,
    askedAtMs: nowMs,
  };
}

/** Seven others: three of operators of now, four of new ones. */
export const someNextNodes: NextNodes = {
  setId: 'hexkey-2026',
  epoch: 2,
  threshold: 4,
  dominantOperator: null,
  nodes: [
    ['Hexkey', 'Frankfurt'],
    ['Aster Foundation', 'Singapore'],
    ['Norrland University', 'Umeå'],
    ['Lumen Archive', 'Nairobi'],
    ['Pampa Cooperative', 'Buenos Aires'],
    ['Southern Cross Library', 'Wellington'],
    ['Quill & Sons', 'Reykjavík'],
  ].map(([operator = '', region = ''], place) => ({
    realmId: `${place}b`.repeat(16),
    name: `Node ${place + 6}`,
    operator,
    region,
    address: `/nodes/${place + 6}/`,
    fingerprint: Array.from({ length: 8 }, (_, group) => `${place}b${group}e`).join(' '),
  })),
};
