/** An operation of several screens for which the PIN is typed once. Whoever opens it closes it. */
export interface PinFlow {
  /** Nothing can be done with the flow any more; what it knew of the PIN is dropped. */
  close(): void;
}
