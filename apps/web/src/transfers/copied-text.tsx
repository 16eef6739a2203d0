import { Copy } from 'lucide-react';
import { useCopy } from '../app/use-copy.ts';
import { IconButton } from '../ui/button.tsx';

/** A long text that nobody types: all of it, and a button that copies it. @param label what the button does */
export function CopiedText({ name, text, label }: { name: string; text: string; label: string }) {
  const copy = useCopy();
  return (
    <div className="flex items-start gap-2 py-2 pr-2 pl-4">
      <div className="min-w-0 flex-1 py-1">
        <p className="text-muted text-sm">{name}</p>
        <p translate="no" className="figures mt-0.5 break-all text-sm">
          {text}
        </p>
      </div>
      <IconButton label={label} onClick={() => copy(text)}>
        <Copy aria-hidden="true" className="size-5" />
      </IconButton>
    </div>
  );
}
