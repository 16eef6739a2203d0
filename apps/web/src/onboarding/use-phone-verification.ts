import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useSpeech } from '../i18n/use-t.ts';

export type PhonePurpose = 'register' | 'login';

/** The numbering plans, loaded when a number is about to be typed. */
export function usePhoneNumbers() {
  return useQuery({
    queryKey: ['phone-numbers'],
    queryFn: () => import('./phone-number.ts'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Sends a code to a number and goes on to its page. */
export function useRequestCode(purpose: PhonePurpose) {
  const { hexkey, onboarding } = useDependencies();
  const { language } = useSpeech();
  const navigate = useNavigate();
  return useOperation(async (e164: string) => {
    const phone = new Secret(e164);
    const verification = await hexkey.requestPhoneCode(phone, purpose, language);
    onboarding.set({ ...onboarding.get(), verification: { purpose, phone, verification } });
    await navigate({ to: `/${purpose}/phone/code` });
  });
}

/** The verification under way, a new code for it, and the code that completes it. */
export function usePhoneVerification(purpose: PhonePurpose) {
  const { hexkey, onboarding } = useDependencies();
  const { t, language } = useSpeech();
  const say = useToast();
  const navigate = useNavigate();
  const pending = useStore(onboarding).verification;
  const resend = useOperation(async () => {
    if (!pending) return;
    const verification = await hexkey.requestPhoneCode(pending.phone, purpose, language);
    onboarding.set({ ...onboarding.get(), verification: { ...pending, verification } });
    say(t('code.resent'));
  });
  const confirm = useOperation(async (digits: string) => {
    if (!pending) return;
    const { verificationId } = pending.verification;
    const code = new Secret(digits);
    if (purpose === 'register') await hexkey.registerWithPhone(verificationId, code);
    else {
      const isLegacy = await hexkey.loginWithPhone(verificationId, code).then(() => false, needsUpgrade);
      if (isLegacy) {
        onboarding.set({ ...onboarding.get(), legacyLogin: { verificationId, code } });
        await navigate({ to: '/upgrade-pin/old-pin' });
        return;
      }
    }
    onboarding.set({ ...onboarding.get(), verification: null });
  });
  return { pending, resend, confirm };
}

function needsUpgrade(error: unknown): boolean {
  if (isDomainError(error, 'PinUpgradeRequired')) return true;
  throw error;
}
