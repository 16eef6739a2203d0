import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { lockMinutes } from './kept-lock.ts';
import { useAppLock } from './use-app-lock.ts';

const choices = ['off', ...lockMinutes.map(String)];

/** /settings/account/privacy/app-lock */
export function AppLockScreen() {
  const t = useT();
  const { state, lock } = useAppLock();
  const { browser } = useDependencies();
  const label = (choice: string) => {
    if (choice === 'off') return t('app-lock.off');
    if (choice === '0') return t('app-lock.at-once');
    return t('app-lock.after', { count: Number(choice) });
  };
  return (
    <SettingPage path="/settings/account/privacy/app-lock">
      <p className="text-muted">{t('app-lock.lead')}</p>
      <ChoiceList
        label={t('app-lock.title')}
        value={state.afterMinutes === null ? 'off' : String(state.afterMinutes)}
        onChange={(choice) => lock.choose(lockMinutes.find((minutes) => String(minutes) === choice) ?? null)}
        choices={choices.map((value) => ({ value, label: label(value) }))}
      />
      {state.afterMinutes !== null && (
        <>
          {browser.passkeys.isAvailable ? (
            <PasskeyChoice />
          ) : (
            <p className="text-muted">{t('app-lock.no-passkey')}</p>
          )}
          <Button wide tone="secondary" onClick={lock.close}>
            {t('app-lock.lock-now')}
          </Button>
        </>
      )}
      <p className="text-muted text-sm">{t('app-lock.limits')}</p>
    </SettingPage>
  );
}

function PasskeyChoice() {
  const t = useT();
  const say = useToast();
  const { browser } = useDependencies();
  const { state, lock } = useAppLock();
  const make = useOperation(async () => {
    lock.keepPasskey(await browser.passkeys.create(t('app-lock.passkey-name')));
    say(t('app-lock.passkey-on'));
  });
  return (
    <>
      <CheckRow
        label={t('app-lock.passkey')}
        checked={state.passkeyId !== null}
        onChange={(on) => (on ? void make.run() : lock.keepPasskey(null))}
      >
        {t('app-lock.passkey-effect')}
      </CheckRow>
      {make.state.is === 'failed' && <ErrorNotice error={make.state.error} />}
    </>
  );
}
