import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { TextField } from '../ui/text-field.tsx';
import { useSetName } from './use-account.ts';

/** What the contract allows (`ProfileName`). */
const longestName = 64;

/** The profile name. @param children the buttons; `ready` when there is a name to send */
export function NameForm(props: {
  initial: string;
  onSaved: () => void;
  children: (ready: boolean) => ReactNode;
}) {
  const t = useT();
  const [name, setName] = useState(props.initial);
  const { state, run } = useSetName();
  const tidy = name.trim().replace(/\s+/g, ' ');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (tidy !== '' && (await run(tidy))) props.onSaved();
  };
  return (
    <form onSubmit={(event) => void submit(event)} autoComplete="off" className="flex flex-1 flex-col gap-6">
      <TextField
        label={t('name.label')}
        autoComplete="nickname"
        maxLength={longestName}
        data-route-focus
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
      <div className="mt-auto flex flex-col gap-3 wide:mt-0">
        {props.children(tidy !== '' && state.is !== 'running')}
      </div>
    </form>
  );
}
