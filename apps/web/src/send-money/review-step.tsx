import type { TransferQuote, TransferWarning } from '@hexkey/sdk';
import type { Dispatch } from 'react';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import { QuoteFacts } from './quote-facts.tsx';
import { isAllConfirmed, type SendEvent, type SendFlow } from './send-flow.ts';

/** What will be signed, read from its own bytes; each warning wants a word of its own. */
export function ReviewStep(props: { flow: Extract<SendFlow, { at: 'review' }>; send: Dispatch<SendEvent> }) {
  const t = useT();
  const { flow, send } = props;
  const { quote, confirmed } = flow;
  useFocusOnMount();
  return (
    <>
      <QuoteFacts quote={quote} />
      {quote.warnings.map((warning) => (
        <Warning
          key={warning.kind}
          warning={warning}
          quote={quote}
          isConfirmed={confirmed.includes(warning.kind)}
          onConfirm={(isConfirmed) => send({ type: 'confirmed', warning: warning.kind, isConfirmed })}
        />
      ))}
      <Button wide disabled={!isAllConfirmed(flow)} onClick={() => send({ type: 'accepted' })}>
        {t('send.pay', { amount: sayAmount({ amount: quote.amount, ...quote.asset }) })}
      </Button>
    </>
  );
}

function Warning(props: {
  warning: TransferWarning;
  quote: TransferQuote;
  isConfirmed: boolean;
  onConfirm: (isConfirmed: boolean) => void;
}) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { warning, quote } = props;
  const why = {
    stranger: () => t('send.warn-stranger-why'),
    duplicate: () =>
      t('send.warn-duplicate-why', { time: dateTime(warning.kind === 'duplicate' ? warning.atMs : 0) }),
    large: () => t('send.warn-large-why', { symbol: quote.asset.symbol }),
  }[warning.kind];
  return (
    <CheckRow label={t(`send.warn-${warning.kind}`)} checked={props.isConfirmed} onChange={props.onConfirm}>
      {why()}
    </CheckRow>
  );
}
