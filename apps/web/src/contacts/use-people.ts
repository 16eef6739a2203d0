import { isDomainError, type PersonView } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { usePlace } from '../app/use-place.ts';

const queryKey = ['people'];

/** The own contacts, or those who are blocked, by name. Kept by account, so that the next account never sees the last one's. */
export function usePeople(list: 'contacts' | 'blocked') {
  const { people } = useDependencies().hexkey;
  const place = usePlace();
  const accountId = place.at === 'home' ? place.session.accountId : null;
  return useQuery({
    queryKey: [...queryKey, accountId, list],
    queryFn: () => people[list](),
    enabled: accountId !== null,
  });
}

/** The person with a Hexkey ID, once one was looked for. */
export function useFindPerson() {
  const { people } = useDependencies().hexkey;
  const [found, setFound] = useState<PersonView | null>(null);
  const { state, run, reset } = useOperation(async (hexkeyId: string) => {
    setFound(null);
    setFound(await people.find(hexkeyId));
  });
  const forget = () => {
    setFound(null);
    reset();
  };
  return { found, state, run, forget };
}

/** The person with a phone number, once one was looked for. Nobody is an answer here, not a failure. */
export function useFindByPhone() {
  const { people } = useDependencies().hexkey;
  const [found, setFound] = useState<PersonView | 'nobody' | null>(null);
  const { state, run, reset } = useOperation(async (phone: Secret<string>) => {
    setFound(null);
    try {
      setFound(await people.findByPhone(phone));
    } catch (error) {
      if (!isDomainError(error, 'NotFound')) throw error;
      setFound('nobody');
    }
  });
  const forget = () => {
    setFound(null);
    reset();
  };
  return { found: found === 'nobody' ? null : found, isNobody: found === 'nobody', state, run, forget };
}

export type PersonDeed = 'add' | 'remove' | 'block' | 'unblock';

/** Adds, removes, blocks or unblocks, by Hexkey ID. What is shown of the recovery contact may change with it. */
export function usePersonDeed(deed: PersonDeed) {
  const { people } = useDependencies().hexkey;
  const queries = useQueryClient();
  return useOperation(async (hexkeyId: string) => {
    await people[deed](hexkeyId);
    await queries.invalidateQueries({ queryKey });
    await queries.invalidateQueries({ queryKey: ['recovery-kit'] });
  });
}
