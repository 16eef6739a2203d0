import { Eye, EyeOff } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';

/** In the place of words that were hidden because the page was not looked at. */
export function HiddenWords({ onShow }: { onShow: () => void }) {
  const t = useT();
  return (
    <div className="flex flex-col items-center gap-2">
      <p role="status" className="flex items-center gap-2 text-muted">
        <EyeOff aria-hidden="true" className="size-5" />
        {t('words.hidden')}
      </p>
      <Button tone="secondary" onClick={onShow}>
        <Eye aria-hidden="true" className="size-5" />
        {t('action.show-again')}
      </Button>
    </div>
  );
}
