import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useOnlyCopy } from '../unlock/use-unlock.ts';
import { SettingPage } from './setting-page.tsx';
import { useLogOut } from './use-account-exit.ts';

/** /settings/account/log-out: for the PIN, and not while this device holds the only copy of the words. */
export function LogOutScreen() {
  const t = useT();
  const logOut = useLogOut();
  const onlyCopy = useOnlyCopy();
  return (
    <SettingPage path="/settings/account/log-out">
      {onlyCopy.isPending && <SkeletonRows label={t('log-out.title')} count={1} />}
      {onlyCopy.data && (
        <Notice
          tone="warn"
          title={t('log-out.blocked-title')}
          actions={<StepButton to="/settings/account/security/words">{t('log-out.see-words')}</StepButton>}
        >
          {t('log-out.blocked')}
        </Notice>
      )}
      {!onlyCopy.isPending && !onlyCopy.data && (
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
