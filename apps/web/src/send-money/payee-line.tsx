import type { ReactNode } from 'react';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import type { Payee } from './send-flow.ts';

/** Whom the money goes to, in full: a name with its Hexkey ID, or all of an address. */
export function PayeeLine({ to, children }: { to: Payee; children?: ReactNode }) {
  const t = useT();
  return (
    <div className="flex items-center gap-3 rounded-card border border-line bg-surface px-4 py-3">
      {'hexkeyId' in to && (
        <PersonPicture name={to.name} avatarId={to.avatarId} className="size-11 shrink-0" />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-muted text-sm">{t('send.to')}</p>
        {'hexkeyId' in to ? (
          <>
            <p className="font-medium [overflow-wrap:anywhere]">
              <bdi>{to.name ?? t('contacts.nameless')}</bdi>
            </p>
            <p className="figures text-muted text-sm">{to.hexkeyId}</p>
          </>
        ) : (
          <p translate="no" className="figures break-all font-medium">
            {to.address}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}
