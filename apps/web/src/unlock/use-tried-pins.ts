import { Secret } from '@hexkey/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';

/** The wrong PINs that this device remembers: how many, whether one is among them, and their end. */
export function useTriedPins() {
  const t = useT();
  const { hexkey } = useDependencies();
  const queries = useQueryClient();
  const say = useToast();
  const place = usePlace();
  const sessionId = place.at === 'signed-out' ? null : place.session.sessionId;
  const queryKey = ['tried-pins', sessionId];
  const count = useQuery({
    queryKey,
    queryFn: () => hexkey.triedPinCount(),
    enabled: sessionId !== null,
    staleTime: 0,
  });
  const [wasTried, setWasTried] = useState<boolean | null>(null);
  const check = useOperation(async (digits: string) =>
    setWasTried(await hexkey.wasPinTried(new Secret(digits))),
  );
  const clear = useOperation(async () => {
    await hexkey.forgetTriedPins();
    setWasTried(null);
    await queries.invalidateQueries({ queryKey });
    say(t('forgot.cleared'));
  });
  return {
    count: count.data ?? null,
    check,
    clear,
    wasTried,
    forgetAnswer() {
      setWasTried(null);
      check.reset();
    },
  };
}
