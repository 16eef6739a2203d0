/**
 * A request the node will not serve, in the terms of the realm protocol: a status and a plain text, because a Juicebox
 * client reads no problem document (docs/protocol/pin-node.md section 5). Any other thrown value is a bug.
 */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';
  readonly status: number;
  readonly retryAfterMs: number | null;
  /** @param text for people; never quotes the request */
  constructor(status: number, text: string, retryAfterMs: number | null = null) {
    super(text);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
