/** A rule that the real system broke. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule';
}
