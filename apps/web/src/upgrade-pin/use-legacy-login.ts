import { Secret } from '@hexkey/protocol';
import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import { useOperation } from '../app/use-operation.ts';

/** Shows the old PIN, with the code that the login was refused with. Then the new PIN is set like any first one. */
export function useLegacyLogin() {
  const { hexkey, onboarding } = useDependencies();
  const pending = useStore(onboarding).legacyLogin;
  return useOperation(async (oldPin: string) => {
    if (pending === null) return;
    await hexkey.loginWithLegacyPin(pending.verificationId, pending.code, new Secret(oldPin));
    onboarding.set({ ...onboarding.get(), legacyLogin: null, verification: null });
  });
}
