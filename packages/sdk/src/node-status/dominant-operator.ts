/**
 * Who runs at least `threshold` of the nodes, and so could search every PIN alone (pin-network specification, section 7).
 * @returns null when nobody does
 */
export function dominantOperator(
  nodes: readonly { readonly operator: string }[],
  threshold: number,
): string | null {
  const runs = (operator: string) => nodes.filter((node) => node.operator === operator).length;
  return nodes.find(({ operator }) => runs(operator) >= threshold)?.operator ?? null;
}
