import { Secret } from '@hexkey/protocol';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { useOperation } from '../app/use-operation.ts';
import { useSpeech } from '../i18n/use-t.ts';

/** Asks at once whether the account of the number has a contact who could help. @returns undefined until it is known */
export function useOffer() {
  const { hexkey, onboarding } = useDependencies();
  const verificationId = useStore(onboarding).verification?.verification.verificationId;
  const [offered, setOffered] = useState<boolean>();
  const { state, run } = useOperation(async () => {
    if (verificationId === undefined) return;
    const contactLoginId = await hexkey.contactLogin.offer(verificationId);
    const contactLogin = contactLoginId === null ? null : { contactLoginId, sent: null };
    onboarding.set({ ...onboarding.get(), contactLogin });
    setOffered(contactLogin !== null);
  });
  useEffect(() => {
    void run();
  }, [run]);
  return { offered, state, retry: () => void run() };
}

/** Has Team Hexkey send the contact a code. */
export function useAskContact() {
  const { hexkey, onboarding } = useDependencies();
  const { language } = useSpeech();
  const pending = useStore(onboarding).contactLogin;
  return useOperation(async (hexkeyId: string) => {
    if (pending === null) return;
    const code = await hexkey.contactLogin.requestCode(pending.contactLoginId, hexkeyId, language);
    const sent = { hexkeyId, resendAtMs: code.resendAtMs, expiresAtMs: code.expiresAtMs };
    onboarding.set({ ...onboarding.get(), contactLogin: { ...pending, sent } });
  });
}

/** The code that the contact passed on. */
export function useEnterWithContact() {
  const { hexkey, onboarding, asksAboutPhone } = useDependencies();
  const pending = useStore(onboarding).contactLogin;
  return useOperation(async (digits: string) => {
    if (pending === null) return;
    await hexkey.contactLogin.enter(pending.contactLoginId, new Secret(digits));
    // Who came this way may have lost the number; asked once the PIN has opened the account.
    asksAboutPhone.set(true);
    onboarding.set({ ...onboarding.get(), contactLogin: null, verification: null });
  });
}

/** The answer to "Change your phone number now?". */
export function useAnswerPhone() {
  const { asksAboutPhone } = useDependencies();
  const navigate = useNavigate();
  return async (answer: 'change' | 'later') => {
    await navigate({ to: answer === 'change' ? '/settings/account/phone' : '/chats', replace: true });
    asksAboutPhone.set(false);
  };
}
