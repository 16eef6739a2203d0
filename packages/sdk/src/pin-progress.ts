/** What a PIN operation is doing, in the order in which it happens. Shown as steps done of all. */
export type PinProgress =
  | { readonly step: 'connecting'; readonly done: number; readonly of: number }
  | { readonly step: 'exchanging'; readonly done: number; readonly of: number }
  | { readonly step: 'generating' }
  | { readonly step: 'registering' }
  /** The account gets its wallet: nodes that have done their part of the key generation, which they finish together (docs/protocol/wallet.md section 3). */
  | { readonly step: 'making-wallet'; readonly done: number; readonly of: number };
