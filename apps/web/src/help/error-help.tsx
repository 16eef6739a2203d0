import type { ErrorName } from '@hexkey/contract';
import { useT } from '../i18n/use-t.ts';
import { errorArticles } from './error-articles.ts';
import { HelpLink } from './help-link.tsx';

/** The way from a refusal to its article. Beside every code that is shown. */
export function ErrorHelp({ name }: { name: ErrorName | 'Unknown' }) {
  const t = useT();
  return <HelpLink articleId={errorArticles[name]}>{t('help.about-this')}</HelpLink>;
}
