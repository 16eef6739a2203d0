import { DomainError, type PersonView } from '@hexkey/contract';
import { useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import type { PlainKey } from '../i18n/catalogue.ts';
import { readPayee } from './read-payee.ts';
import type { Payee } from './send-flow.ts';

/** Finds whom a text names, and asks the server for who has a Hexkey ID. @param onChosen gets somebody who can be paid */
export function useFindPayee(onChosen: (to: Payee) => void) {
  const { people } = useDependencies().hexkey;
  const [problem, setProblem] = useState<PlainKey | null>(null);
  const choose = (person: PersonView) => {
    if (person.kind === 'deleted') throw new DomainError('AccountDeleted', {});
    const refusal = problemOf(person);
    setProblem(refusal);
    const { hexkeyId, name, avatarId } = person;
    if (refusal === null) onChosen({ hexkeyId, name, avatarId });
  };
  const { state, run, reset } = useOperation(async (wanted: string | PersonView) =>
    choose(typeof wanted === 'string' ? await people.find(wanted) : wanted),
  );
  return {
    state,
    problem,
    choose: (person: PersonView) => void run(person),
    look(text: string) {
      const payee = readPayee(text);
      setProblem(payee === null ? 'send.nobody' : null);
      if (payee === null) return;
      if ('address' in payee) onChosen(payee);
      else void run(payee.hexkeyId);
    },
    forget() {
      setProblem(null);
      reset();
    },
  };
}

function problemOf({ relation, kind }: PersonView): PlainKey | null {
  if (relation === 'yourself') return 'send.self';
  return kind === 'official' ? 'send.official' : null;
}
