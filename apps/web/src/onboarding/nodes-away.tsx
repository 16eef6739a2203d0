import type { DomainError } from '@hexkey/contract';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';

/** Some PIN nodes do not answer: nothing was done, and the owner decides whether those that do are enough. The PIN is kept for both. */
export function NodesAway(props: {
  error: DomainError<'SomeNodesAway'>;
  onGoOn: () => void;
  onRetry: () => void;
  /** A third way on. */
  leave?: ReactNode;
}) {
  const t = useT();
  useFocusOnMount();
  const { reachable, needed } = props.error.details;
  return (
    <BareScreen
      title={t('nodes-away.title', { away: needed - reachable, of: needed })}
      lead={<p role="alert">{t('nodes-away.lead')}</p>}
      footer={
        <>
          <Button wide onClick={props.onRetry}>
            {t('nodes-away.retry')}
          </Button>
          <Button wide tone="secondary" onClick={props.onGoOn}>
            {t('nodes-away.go-on', { reachable })}
          </Button>
          {props.leave}
        </>
      }
    >
      <p className="text-muted">{t('nodes-away.later')}</p>
    </BareScreen>
  );
}
