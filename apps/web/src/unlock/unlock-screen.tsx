import { useState } from 'react';
import { KeepAccount } from '../delete-account/keep-account.tsx';
import { usePendingDeletion } from '../delete-account/use-pending-deletion.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Mark } from '../ui/mark.tsx';
import { GateMenu } from './gate-menu.tsx';
import { PinPrompt } from './pin-prompt.tsx';
import { SwitchAccountSheet } from './switch-account-sheet.tsx';
import { useUnlock } from './use-unlock.ts';

/** /unlock: the PIN gate after a login. Who comes back to an account that is about to be deleted is told so first. */
export function UnlockScreen() {
  const pending = usePendingDeletion();
  const [keeps, setKeeps] = useState(false);
  if (pending.data && !keeps) return <KeepAccount pending={pending.data} onKeep={() => setKeeps(true)} />;
  return <PinGate keepsAccount={keeps} onPending={() => void pending.refetch()} />;
}

function PinGate({ keepsAccount, onPending }: { keepsAccount: boolean; onPending: () => void }) {
  const t = useT();
  const unlock = useUnlock(keepsAccount, onPending);
  const [switching, setSwitching] = useState(false);
  return (
    <BareScreen
      title={t('unlock.title')}
      lead={<span id="unlock-lead">{t(keepsAccount ? 'keep-account.pin-lead' : 'unlock.lead')}</span>}
      bar={{
        start: <Mark className="m-1.5 size-8" />,
        end: <GateMenu onSwitch={() => setSwitching(true)} />,
      }}
    >
      <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none wide:pt-16">
        <PinPrompt purpose={unlock} describedBy="unlock-lead" />
      </div>
      {switching && <SwitchAccountSheet onClose={() => setSwitching(false)} />}
    </BareScreen>
  );
}
