import type { GroupView } from '@hexkey/sdk';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useNameOf } from '../chats/use-names.ts';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { rowLook } from '../ui/list-row.tsx';
import { MemberSheet } from './member-sheet.tsx';

/** Everybody in the group with their role; pressing one shows what can be done. */
export function MemberList({ group, isIn }: { group: GroupView; isIn: boolean }) {
  const t = useT();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = group.members.find(({ accountId }) => accountId === chosenId);
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">
        {t('group.members')} · {group.members.length}
      </h2>
      <ul
        aria-label={t('group.members')}
        className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
      >
        {group.members.map((member) => (
          <li key={member.accountId}>
            {member.isSelf || !isIn ? (
              <div className="flex min-h-13 items-center gap-3 px-4 py-2.5">
                <MemberContent member={member} />
              </div>
            ) : (
              <button type="button" className={rowLook} onClick={() => setChosenId(member.accountId)}>
                <MemberContent member={member} />
                <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {chosen && <MemberSheet group={group} member={chosen} onClose={() => setChosenId(null)} />}
    </section>
  );
}

function MemberContent({ member }: { member: GroupView['members'][number] }) {
  const t = useT();
  const { person, role } = member;
  const name = useNameOf()(member);
  return (
    <>
      <PersonPicture name={name} avatarId={person?.avatarId ?? null} className="size-11 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <bdi>{name}</bdi>
        </span>
        {person && person.hexkeyId !== name && (
          <span className="figures block text-muted text-sm">{person.hexkeyId}</span>
        )}
      </span>
      {role !== 'member' && (
        <span className="shrink-0 rounded-full bg-accent/10 px-2.5 py-0.5 text-accent text-sm">
          {t(`group.role-${role}`)}
        </span>
      )}
    </>
  );
}
