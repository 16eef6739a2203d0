import type { Transfer } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { usePinNodes } from '../pin-nodes/use-pin-nodes.ts';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { CopiedText } from './copied-text.tsx';
import { shortAddress } from './short-address.ts';

/** One tap deeper: the transaction's name on the ledger, and who of the guardians did not answer truly. */
export function SignatureDetails({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { signature, direction, cheatingNodes } = transfer;
  return (
    <details open={cheatingNodes.length > 0}>
      <summary className="flex min-h-11 items-center font-medium text-accent">{t('action.details')}</summary>
      <div className="flex flex-col gap-4 pt-1">
        {signature === null ? (
          <p className="text-muted">{t('transfer.no-signature')}</p>
        ) : (
          <Card>
            <CopiedText
              name={t('transfer.signature')}
              text={signature}
              label={t('transfer.copy-signature')}
            />
          </Card>
        )}
        {direction === 'out' && signature !== null && cheatingNodes.length === 0 && (
          <p className="text-muted">{t('transfer.no-cheats')}</p>
        )}
        {cheatingNodes.length > 0 && <Cheats realmIds={cheatingNodes} />}
      </div>
    </details>
  );
}

function Cheats({ realmIds }: { realmIds: readonly string[] }) {
  const t = useT();
  const nodes = usePinNodes().data?.nodes ?? [];
  return realmIds.map((realmId) => {
    const node = nodes.find((one) => one.realmId === realmId);
    const name = node ? `${node.name} (${node.operator})` : shortAddress(realmId);
    return (
      <Notice key={realmId} tone="warn" title={t('transfer.cheated', { node: name })}>
        {t('transfer.cheated-next')}
      </Notice>
    );
  });
}
