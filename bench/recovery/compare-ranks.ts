/**
 * The Mann–Whitney U test: whether one of two samples tends to be larger. H. B. Mann and D. R. Whitney, "On a Test of Whether
 * one of Two Random Variables is Stochastically Larger than the Other", Ann. Math. Statist. 18 (1947), 50–60.
 * @returns `advantage`: the chance that a value of `left` is larger than one of `right`, less 1/2; `sigma`: its standard
 * deviation when both come from the same distribution
 */
export function compareRanks(
  left: readonly number[],
  right: readonly number[],
): { readonly advantage: number; readonly sigma: number } {
  const count = left.length * right.length;
  const wins = left.reduce(
    (sum, one) => sum + right.reduce((all, other) => all + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  );
  return {
    advantage: wins / count - 0.5,
    sigma: Math.sqrt((left.length + right.length + 1) / (12 * count)),
  };
}
