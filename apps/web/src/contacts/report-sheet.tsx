import type { ReportReason } from '@hexkey/sdk';
import { useId, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { fieldLook } from '../ui/text-field.tsx';

const reasons: readonly ReportReason[] = ['spam', 'abuse', 'impersonation', 'other'];
const maxLength = 2000;

/** Tells the operator about somebody. Nothing from the conversation goes along but what is typed here. */
export function ReportSheet(props: { hexkeyId: string; name: string; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const { people } = useDependencies().hexkey;
  const contentId = useId();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [content, setContent] = useState('');
  const report = useOperation(async (chosen: ReportReason) => {
    await people.report(props.hexkeyId, chosen, content.trim() === '' ? null : content.trim());
  });
  const submit = async () => {
    if (reason === null || !(await report.run(reason))) return;
    say(t('report.sent'));
    props.onClose();
  };
  return (
    <Sheet
      open
      title={t('report.title', { name: props.name })}
      onClose={props.onClose}
      actions={
        <>
          <Button
            wide
            tone="danger"
            disabled={reason === null || report.state.is === 'running'}
            onClick={() => void submit()}
          >
            {t('report.send')}
          </Button>
          <Button wide tone="quiet" onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('report.lead')}</p>
      <div className="mt-4 flex flex-col gap-4">
        <ChoiceList
          label={t('report.reason')}
          value={reason}
          onChange={setReason}
          choices={reasons.map((value) => ({ value, label: t(`report.${value}`) }))}
        />
        <div>
          <label htmlFor={contentId} className="mb-1.5 block font-medium text-sm">
            {t('report.content')}
          </label>
          <textarea
            id={contentId}
            rows={3}
            maxLength={maxLength}
            value={content}
            onChange={(event) => setContent(event.target.value)}
            aria-describedby={`${contentId}-hint`}
            className={`${fieldLook} py-3`}
          />
          <p id={`${contentId}-hint`} className="mt-1.5 text-muted text-sm">
            {t('report.content-hint')}
          </p>
        </div>
        {report.state.is === 'failed' && <ErrorNotice error={report.state.error} />}
      </div>
    </Sheet>
  );
}
