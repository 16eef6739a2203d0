import type { CiphersuiteImpl } from 'ts-mls';
import type { GroupCryptoOptions } from './group-crypto.ts';
import type { OwnDevice } from './identity/own-device.ts';
import type { GroupCache } from './state/group-cache.ts';

/** What every use case of this package gets. */
export interface Deps extends GroupCryptoOptions {
  readonly suite: CiphersuiteImpl;
  readonly own: OwnDevice;
  readonly groups: GroupCache;
}
