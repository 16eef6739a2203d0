import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { ErrorHelp } from '../help/error-help.tsx';
import { useT } from '../i18n/use-t.ts';
import type { usePhoneNumbers } from '../onboarding/use-phone-verification.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PhoneFields, usePhoneEntry } from './phone-fields.tsx';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;
interface Given {
  readonly bar: Bar;
  /** What was typed before. */
  readonly initial: Secret<string> | null;
  /** Why that cannot be linked; null when it was not refused. */
  readonly refusal: unknown;
  readonly onChosen: (e164: string) => void;
}

/** The number that is to be linked. @param numbers the numbering plans, once they are loaded */
export function NewNumberForm(props: Given & { numbers: ReturnType<typeof usePhoneNumbers> }) {
  const t = useT();
  const { numbers, ...given } = props;
  if (numbers.data) return <Fields {...given} numbers={numbers.data} />;
  return (
    <BareScreen title={t('phone.title')} bar={props.bar}>
      {numbers.isError ? (
        <ErrorNotice
          error={numbers.error}
          actions={<Button onClick={() => void numbers.refetch()}>{t('action.retry')}</Button>}
        />
      ) : (
        <Waiting>{t('phone.loading')}</Waiting>
      )}
    </BareScreen>
  );
}

function Fields(props: Given & { numbers: Parameters<typeof usePhoneEntry>[0] }) {
  const t = useT();
  const { numbers } = props;
  const [entry, setEntry] = usePhoneEntry(numbers, props.initial?.reveal());
  const [refused, setRefused] = useState(false);
  useFocusOnMount();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const e164 = numbers.e164Of(entry);
    setRefused(e164 === null);
    if (e164 !== null) props.onChosen(e164);
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <BareScreen
        title={t('phone.title')}
        lead={t('phone.register-lead')}
        bar={props.bar}
        footer={
          <>
            {props.refusal !== null && <Refusal error={props.refusal} />}
            <Button wide type="submit" disabled={entry.text === ''}>
              {t('action.continue')}
            </Button>
          </>
        }
      >
        <PhoneFields
          numbers={numbers}
          entry={entry}
          onChange={(next) => {
            setRefused(false);
            setEntry(next);
          }}
          refused={refused}
        />
      </BareScreen>
    </form>
  );
}

/** A number with an account of its own cannot have two: whoever holds it may log in with it, or link another. */
function Refusal({ error }: { error: unknown }) {
  const t = useT();
  if (!isDomainError(error, 'PhoneNumberInUse')) return <ErrorNotice error={error} />;
  return (
    <Notice
      urgent
      tone="danger"
      title={t('link-phone.in-use')}
      footnote={t('error.code', { code: error.code })}
      actions={<ErrorHelp name={error.name} />}
    >
      {t('link-phone.in-use-next')}
    </Notice>
  );
}
