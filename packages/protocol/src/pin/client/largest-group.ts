/** The entries that agree with each other under `nameOf`, from the largest such group; the earliest of equal ones. */
export function largestGroup<T>(
  answers: ReadonlyMap<string, T>,
  nameOf: (answer: T) => string,
): readonly (readonly [realmId: string, answer: T])[] {
  const groups = new Map<string, (readonly [string, T])[]>();
  for (const entry of answers) {
    const name = nameOf(entry[1]);
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return [...groups.values()].reduce(
    (largest, group) => (group.length > largest.length ? group : largest),
    [],
  );
}
