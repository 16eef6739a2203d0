import { ScrollText } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { LogRow } from './log-row.tsx';
import { useLogs } from './use-logs.ts';

/** Every attempt and sensitive step, with its empty, loading and failed looks. */
export function AttemptLog() {
  const t = useT();
  const logs = useLogs();
  if (logs.isPending) return <SkeletonRows label={t('logs.loading')} count={5} />;
  const entries = logs.data?.pages.flatMap((page) => page.entries) ?? [];
  const retry = (again: () => unknown) => <Button onClick={() => void again()}>{t('action.retry')}</Button>;
  if (logs.isError && entries.length === 0)
    return <ErrorNotice error={logs.error} actions={retry(() => logs.refetch())} />;
  if (entries.length === 0)
    return (
      <EmptyState icon={<ScrollText aria-hidden="true" />} title={t('logs.empty-title')}>
        {t('logs.empty')}
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      <ol className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {entries.map((entry) => (
          <LogRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {logs.isFetchNextPageError && (
        <ErrorNotice error={logs.error} actions={retry(() => logs.fetchNextPage())} />
      )}
      {logs.hasNextPage && !logs.isFetchNextPageError && (
        <Button tone="secondary" disabled={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
          {t('action.more-entries')}
        </Button>
      )}
    </div>
  );
}
