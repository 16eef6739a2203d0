import type { JoinRequest } from '@hexkey/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useChatDeed, useJoinRequests } from '../chats/use-chats.ts';
import { useNameOf } from '../chats/use-names.ts';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

/** Whoever opened the link and asked. The name is their own choice, so the Hexkey ID stands below. */
export function JoinRequests({ chatId }: { chatId: string }) {
  const t = useT();
  const requests = useJoinRequests(chatId, true);
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('group-link.requests')}</h2>
      {requests.isPending && <SkeletonRows label={t('group-link.requests')} count={2} />}
      {requests.isError && (
        <ErrorNotice
          error={requests.error}
          actions={<Button onClick={() => void requests.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {requests.data?.length === 0 && <p className="text-muted">{t('group-link.no-requests')}</p>}
      {requests.data && requests.data.length > 0 && (
        <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
          {requests.data.map((request) => (
            <RequestRow key={request.person.accountId} chatId={chatId} request={request} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RequestRow({ chatId, request: { person } }: { chatId: string; request: JoinRequest }) {
  const t = useT();
  const say = useToast();
  const queries = useQueryClient();
  const name = useNameOf()(person);
  const answer = useChatDeed(async (chats, approve: boolean) => {
    await chats.answerJoinRequest(chatId, person.accountId, approve);
    await queries.invalidateQueries({ queryKey: ['chats'] });
  });
  const isBusy = answer.state.is === 'running';
  const act = async (approve: boolean) => {
    if (await answer.run(approve)) say(t(approve ? 'group-link.approved' : 'group-link.refused', { name }));
  };
  return (
    <li className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-3">
        <PersonPicture
          name={person.person?.name ?? null}
          avatarId={person.person?.avatarId ?? null}
          className="size-11 shrink-0"
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">
            <bdi>{name}</bdi>
          </span>
          <span className="figures block text-muted text-sm">{person.person?.hexkeyId}</span>
        </span>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={isBusy}
          aria-label={t('group-link.approve-name', { name })}
          onClick={() => void act(true)}
        >
          {t('group-link.approve')}
        </Button>
        <Button
          tone="secondary"
          disabled={isBusy}
          aria-label={t('group-link.refuse-name', { name })}
          onClick={() => void act(false)}
        >
          {t('group-link.refuse')}
        </Button>
      </div>
      {answer.state.is === 'failed' && <ErrorNotice error={answer.state.error} />}
    </li>
  );
}
