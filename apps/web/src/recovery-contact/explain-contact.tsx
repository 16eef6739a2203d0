import { CircleCheck } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { StepButton, TextLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { HexkeyId } from '../more/hexkey-id.tsx';
import { useAccount } from '../more/use-account.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;

/** What a recovery contact does, and what it cannot do. */
export function ExplainContact({ bar, onUnderstood }: { bar: Bar; onUnderstood: () => void }) {
  const t = useT();
  return (
    <BareScreen
      title={t('contact.title')}
      lead={t('contact.explain')}
      bar={bar}
      footer={
        <Button wide onClick={onUnderstood}>
          {t('contact.got-it')}
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        <ul className="flex flex-col gap-3">
          <Point>{t('contact.explain-code')}</Point>
          <Point>{t('contact.explain-together')}</Point>
          <Point>{t('contact.explain-nothing-else')}</Point>
          <Point>{t('contact.explain-told')}</Point>
        </ul>
        <Notice tone="warn" title={t('contact.not-pin')}>
          <TextLink to="/settings/account/security/forgot-pin">{t('kit.not-pin-help')}</TextLink>
        </Notice>
      </div>
    </BareScreen>
  );
}

/** What must be so before a code is worth sending. Without a phone number the way goes there first. */
export function ReadyList(props: { bar: Bar; hasPhone: boolean; onReady: () => void }) {
  const t = useT();
  const account = useAccount();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('contact.ready-title')}
      lead={t('contact.ready-lead')}
      bar={props.bar}
      footer={
        props.hasPhone ? (
          <Button wide onClick={props.onReady}>
            {t('contact.ready')}
          </Button>
        ) : (
          <StepButton wide to="/settings/account/phone">
            {t('link-phone.add')}
          </StepButton>
        )
      }
    >
      <div className="flex flex-col gap-6">
        {!props.hasPhone && (
          <Notice tone="warn" title={t('contact.phone-first')}>
            {t('contact.phone-first-why')}
          </Notice>
        )}
        <ul className="flex flex-col gap-3">
          <Point>{t('contact.ready-installed')}</Point>
          <Point>{t('contact.ready-reachable')}</Point>
          <Point>
            {t('contact.ready-added')}{' '}
            {account.data && (
              <span className="block">
                {t('account.id')}: <HexkeyId id={account.data.hexkeyId} />
              </span>
            )}
          </Point>
          <Point>{t('contact.ready-mine')}</Point>
        </ul>
      </div>
    </BareScreen>
  );
}

function Point({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <CircleCheck aria-hidden="true" className="mt-px size-5 shrink-0 text-good" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
