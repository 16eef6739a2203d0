import type { SessionView } from '@hexkey/contract';

/** Where the owner stands: decides which screens may be shown. */
export type Place =
  | { readonly at: 'signed-out' }
  /** The account has no working PIN yet. `interrupted`: a first set reached some nodes; typing that PIN once more finishes it. */
  | { readonly at: 'set-pin'; readonly session: SessionView; readonly interrupted: boolean }
  /** A login that has not shown its PIN. */
  | { readonly at: 'enter-pin'; readonly session: SessionView }
  /** `changeInterrupted`: a PIN change begun here was not seen to end; the next PIN that is proven, old or new, ends it. */
  | { readonly at: 'home'; readonly session: SessionView; readonly changeInterrupted: boolean };
