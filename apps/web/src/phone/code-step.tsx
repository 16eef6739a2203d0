import { isDomainError } from '@hexkey/contract';
import { type FormEvent, type ReactNode, useLayoutEffect, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import type { Operation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { CodeField } from '../ui/code-field.tsx';
import { ResendCode } from './resend-code.tsx';

export const codeLength = 4;

/**
 * Takes a 4-digit code and says what came of it.
 * @param sentFor what the code belongs to: another one empties the field
 * @param atOnce a complete code is sent without a further word
 * @param button the way on; `ready` when the code is complete
 */
export function CodeStep(props: {
  sentFor: string;
  resendAtMs: number;
  confirm: Operation<string>;
  resend: Operation<void>;
  atOnce: boolean;
  children?: ReactNode;
  button: (ready: boolean) => ReactNode;
}) {
  const t = useT();
  const { confirm, resend, sentFor } = props;
  const [digits, setDigits] = useState('');
  const running = confirm.state.is === 'running';
  const failure = [confirm.state, resend.state].find((state) => state.is === 'failed');
  // Without an answer the same code is still good: it stays for the way on.
  const isUsedUp = confirm.state.is === 'failed' && !isDomainError(confirm.state.error, 'Offline');
  // Only when it is used up, not when that is forgotten: the first digit of the next try is typed by then. In the frame that says so: a full field
  // takes no digit from whoever reads quickly.
  useLayoutEffect(() => {
    if (isUsedUp) setDigits('');
  }, [isUsedUp]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new code makes what is typed worthless
  useLayoutEffect(() => {
    setDigits('');
  }, [sentFor]);

  const change = (next: string) => {
    setDigits(next);
    if (next.length === 1) confirm.reset();
    if (props.atOnce && next.length === codeLength && digits.length < codeLength) void confirm.run(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (digits.length === codeLength) void confirm.run(digits);
  };
  return (
    <form onSubmit={submit} autoComplete="off" className="flex flex-1 flex-col gap-6">
      <CodeField
        label={t('code.label')}
        length={codeLength}
        value={digits}
        onChange={change}
        disabled={running}
        status={t('code.digit-of', { filled: digits.length, count: codeLength })}
      />
      {props.children}
      <div className="flex justify-center">
        <ResendCode atMs={props.resendAtMs} onResend={() => void resend.run()} />
      </div>
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
      <div className="mt-auto flex flex-col">{props.button(digits.length === codeLength && !running)}</div>
    </form>
  );
}
