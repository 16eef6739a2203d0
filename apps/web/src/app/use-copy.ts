import { useT } from '../i18n/use-t.ts';
import { useDependencies } from './app-dependencies.ts';
import { useOperation } from './use-operation.ts';
import { useToast } from './use-toast.ts';

/** Copies a public text, such as a Hexkey ID, and says so. */
export function useCopy(): (text: string) => void {
  const { browser } = useDependencies();
  const t = useT();
  const say = useToast();
  const { run } = useOperation(async (text: string) => {
    await browser.copyText(text);
    say(t('action.copied'));
  });
  return (text) => void run(text);
}
