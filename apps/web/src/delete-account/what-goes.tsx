import { TextLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { Notice } from '../ui/notice.tsx';

const effects = ['server', 'nodes', 'wallet', 'local', 'others'] as const;

/** What deleting the account means, before anything is asked. */
export function WhatGoes() {
  const t = useT();
  const kit = useRecoveryKit();
  return (
    <div className="mb-6 flex flex-col gap-4">
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {effects.map((effect) => (
          <div key={effect} className="px-4 py-3">
            <dt className="font-medium">{t(`delete.${effect}`)}</dt>
            <dd className="mt-1 text-muted">{t(`delete.${effect}-effect`)}</dd>
          </div>
        ))}
      </dl>
      {kit.data?.methods === 0 && (
        <Notice tone="warn" title={t('delete.no-way-back-title')}>
          {t('delete.no-way-back')}
        </Notice>
      )}
      <p className="text-muted">
        {t('delete.instead')} <TextLink to="/settings/account/log-out">{t('settings.log-out')}</TextLink>
        {' · '}
        <TextLink to="/settings/account/phone">{t('link-phone.change')}</TextLink>
      </p>
    </div>
  );
}
