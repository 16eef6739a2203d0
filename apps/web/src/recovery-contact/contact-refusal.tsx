import { isDomainError } from '@hexkey/contract';
import { ErrorNotice } from '../app/error-notice.tsx';
import { ErrorHelp } from '../help/error-help.tsx';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { Notice } from '../ui/notice.tsx';
import type { Refusal } from './contact-flow.ts';
import { nameOf } from './name-of.ts';

/** Why somebody was not sent a code, by name and exactly: its owner has shown the PIN and may know. */
export function ContactRefusal({ refusal }: { refusal: Refusal }) {
  const t = useT();
  const account = useAccount();
  const { person, error } = refusal;
  if (!isDomainError(error, 'InvalidRecoveryContact')) return <ErrorNotice error={error} />;
  const { reason } = error.details;
  return (
    <Notice
      urgent
      tone="danger"
      title={t(`contact.refused-${reason}`, { name: nameOf(person) })}
      footnote={t('error.code', { code: error.code })}
      actions={<ErrorHelp name={error.name} />}
    >
      {t(`contact.refused-${reason}-next`, {
        name: nameOf(person),
        id: account.data?.hexkeyId ?? '',
      })}
    </Notice>
  );
}
