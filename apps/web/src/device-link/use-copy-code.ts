import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';

/** Copies the code, which is gone from the clipboard when it is over. */
export function useCopyCode(): (code: string) => void {
  const { browser } = useDependencies();
  const t = useT();
  const say = useToast();
  const { run } = useOperation((code: string) => browser.copySecret(code));
  const copy = async (code: string) => say(t((await run(code)) ? 'words.copied' : 'action.copy-failed'));
  return (code) => void copy(code);
}
