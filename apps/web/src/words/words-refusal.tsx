import { isDomainError } from '@hexkey/contract';
import { ErrorNotice } from '../app/error-notice.tsx';
import { ErrorHelp } from '../help/error-help.tsx';
import { useT } from '../i18n/use-t.ts';

/** Why typed words are not the right ones. The number of the word helps on paper, where no field is marked. */
export function WordsRefusal({ error }: { error: unknown }) {
  const t = useT();
  if (!isDomainError(error, 'WordsDiffer')) return <ErrorNotice error={error} />;
  return (
    <div>
      <p role="alert" className="font-medium text-danger">
        {t('words.differ', { number: error.details.wordIndex + 1 })}
        <span className="figures block font-normal text-muted text-sm">
          {t('error.code', { code: error.code })}
        </span>
      </p>
      <ErrorHelp name={error.name} />
    </div>
  );
}
