import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useOnlyCopy } from '../unlock/use-unlock.ts';
import { SettingPage } from './setting-page.tsx';
import { useLogOut } from './use-account-exit.ts';

/** /settings/account/log-out: for the PIN, and not without a way back. A kit that does not load blocks nothing: the server decides. */
export function LogOutScreen() {
  const t = useT();
  const logOut = useLogOut();
  const onlyCopy = useOnlyCopy();
  const kit = useRecoveryKit();
  const isBlocked = onlyCopy.data === true || kit.data?.methods === 0;
  const isPending = onlyCopy.isPending || kit.isPending;
  return (
    <SettingPage path="/settings/account/log-out">
      {isPending && <SkeletonRows label={t('log-out.title')} count={1} />}
      {!isPending && isBlocked && (
        <Notice
          tone="warn"
          title={t('log-out.blocked-title')}
          actions={
            <StepButton to="/settings/account/security/recovery-kit">{t('kit.remind-set-up')}</StepButton>
          }
        >
          {t(onlyCopy.data ? 'log-out.blocked' : 'log-out.blocked-none')}
        </Notice>
      )}
      {!isPending && !isBlocked && (
        <>
          <p id="log-out-lead" className="text-muted">
            {t('log-out.lead')}
          </p>
          <div className="py-10">
            <PinPrompt purpose={logOut} describedBy="log-out-lead" />
          </div>
        </>
      )}
    </SettingPage>
  );
}
