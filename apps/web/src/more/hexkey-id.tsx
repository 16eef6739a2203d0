import { Copy } from 'lucide-react';
import { useCopy } from '../app/use-copy.ts';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/button.tsx';

/** The number people give each other, to be copied in one tap. */
export function HexkeyId({ id, large = false }: { id: string; large?: boolean }) {
  const t = useT();
  const copy = useCopy();
  return (
    <span className="inline-flex items-center gap-1">
      <span className={`figures ${large ? 'font-semibold text-display' : ''}`}>{id}</span>
      <IconButton label={t('action.copy')} onClick={() => copy(id)}>
        <Copy aria-hidden="true" className="size-4 text-muted" />
      </IconButton>
    </span>
  );
}
