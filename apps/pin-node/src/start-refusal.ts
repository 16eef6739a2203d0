/** Why a command does not start: one line for the operator, no stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
