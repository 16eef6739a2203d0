import type { PersonView } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { RecoveryContactFlow } from '@hexkey/sdk';
import { useReducer } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useOpenFlow } from '../recovery-kit/use-open-flow.ts';
import { useRefreshKit } from '../recovery-kit/use-recovery-kit.ts';
import { advanceContactFlow, beginContactFlow } from './contact-flow.ts';

/** The recovery contact: set, seen, changed, rehearsed, removed. The PIN once, for as long as the page is shown. */
export function useContactFlow(isSet: boolean) {
  const { hexkey } = useDependencies();
  const refresh = useRefreshKit();
  const [flow, send] = useReducer(advanceContactFlow, isSet, beginContactFlow);
  const { prove, current } = useOpenFlow<RecoveryContactFlow>(
    (pin) => hexkey.recoveryKit.openContact(pin),
    async (opened) => send({ type: 'opened', contact: await opened.view() }),
  );

  const request = useOperation(async (person: PersonView) => {
    try {
      const verification = await current().requestCode(person.hexkeyId);
      send({ type: 'sent', person, verification });
    } catch (error) {
      send({ type: 'refused', person, error });
      throw error;
    }
  });
  const confirm = useOperation(async (digits: string) => {
    if (flow.at !== 'code') return;
    try {
      const contact = await current().confirm(flow.verification.verificationId, new Secret(digits));
      send({ type: 'confirmed', contact });
      await refresh();
    } catch (error) {
      send({ type: 'failed', error });
      throw error;
    }
  });
  const remove = useOperation(async () => {
    try {
      await current().remove();
      send({ type: 'removed' });
      await refresh();
    } catch (error) {
      send({ type: 'failed', error });
      throw error;
    }
  });
  return { flow, send, prove, request, confirm, remove };
}
