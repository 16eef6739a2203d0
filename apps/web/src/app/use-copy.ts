import { useT } from '../i18n/use-t.ts';
import { useDependencies } from './app-dependencies.ts';
import { useOperation } from './use-operation.ts';
import { useToast } from './use-toast.ts';

/** Copies a public text, such as a Hexkey ID, and says so. */
export function useCopy(): (text: string) => void {
  const { browser } = useDependencies();
  const t = useT();
  const say = useToast();
  const { run } = useOperation((text: string) => browser.copyText(text));
  const copy = async (text: string) => say(t((await run(text)) ? 'action.copied' : 'action.copy-failed'));
  return (text) => void copy(text);
}
