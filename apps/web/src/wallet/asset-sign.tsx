import type { Asset } from '@hexkey/sdk';
import { HexagonAvatar } from '../ui/hexagon-avatar.tsx';

/** The first letter of an asset's symbol. Pictures of tokens are fetched from anywhere and drawn by anybody: there are none. */
export const AssetSign = ({ asset, className }: { asset: Pick<Asset, 'symbol'>; className: string }) => (
  <HexagonAvatar name={asset.symbol} className={className} />
);
