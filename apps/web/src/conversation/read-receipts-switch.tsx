import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useChatDeed } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { CheckRow } from '../ui/check-row.tsx';

const queryKey = ['read-receipts'];

/** Whether people tell each other what they have read: both or neither. */
export function ReadReceiptsSwitch() {
  const t = useT();
  const { chats } = useDependencies().hexkey;
  const queries = useQueryClient();
  const receipts = useQuery({ queryKey, queryFn: () => chats.readReceipts(), refetchOnMount: 'always' });
  const change = useChatDeed(async (all, on: boolean) => {
    await all.setReadReceipts(on);
    await queries.invalidateQueries({ queryKey });
  });
  const failure = receipts.isError ? receipts.error : change.state.is === 'failed' && change.state.error;
  return (
    <>
      <CheckRow
        label={t('read-receipts.title')}
        checked={receipts.data ?? false}
        onChange={(on) => void change.run(on)}
      >
        {t('read-receipts.lead')}
      </CheckRow>
      {failure !== false && <ErrorNotice error={failure} />}
    </>
  );
}
