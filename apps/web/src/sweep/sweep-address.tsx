import type { Dispatch, FormEvent } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import type { Operation } from '../app/use-operation.ts';
import { ScanQr } from '../contacts/scan-qr.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Waiting } from '../ui/waiting.tsx';
import type { SweepEvent } from './sweep-flow.ts';

/** Where everything goes: an address, typed, pasted or scanned. */
export function SweepAddress(props: { text: string; send: Dispatch<SweepEvent>; plan: Operation<string> }) {
  const t = useT();
  const { text, send, plan } = props;
  const edit = (next: string) => {
    plan.reset();
    send({ type: 'typed', text: next });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void plan.run(text);
  };
  const scanned = (code: string) => {
    edit(code.slice(0, 200));
    void plan.run(code);
  };
  return (
    <>
      <p className="text-muted">{t('sweep.lead')}</p>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-3">
        <TextField
          label={t('sweep.address')}
          data-route-focus
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          onChange={(event) => edit(event.target.value)}
        />
        <Button wide type="submit" disabled={text.trim() === '' || plan.state.is === 'running'}>
          {t('action.continue')}
        </Button>
        {plan.state.is === 'running' && <Waiting>{t('sweep.looking')}</Waiting>}
        {plan.state.is === 'failed' && <ErrorNotice error={plan.state.error} />}
      </form>
      <ScanQr onScanned={scanned} />
    </>
  );
}
