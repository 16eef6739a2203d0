import type { HelpArticleId } from '@hexkey/contract';
import { type ReactNode, useState } from 'react';
import { HelpSheet } from './help-sheet.tsx';

/** Opens an article over the page: nobody should lose what they typed by asking about it. */
export function HelpLink({ articleId, children }: { articleId: HelpArticleId; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4"
      >
        {children}
      </button>
      {isOpen && <HelpSheet articleId={articleId} onClose={() => setOpen(false)} />}
    </>
  );
}
