import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

export const rowLook =
  'flex min-h-13 w-full items-center gap-3 px-4 py-2.5 text-left transition-colors duration-150 hover:bg-ink/5 focus-visible:-outline-offset-2';

/** What a row that leads somewhere shows: what it is, the present value, and that it opens. */
export function RowContent(props: {
  icon?: ReactNode;
  title: string;
  hint?: string | undefined;
  value?: string | undefined;
}) {
  return (
    <>
      {props.icon && <span className="text-muted [&>svg]:size-5">{props.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block">{props.title}</span>
        {props.hint && <span className="block text-muted text-sm">{props.hint}</span>}
      </span>
      {props.value && <span className="text-muted">{props.value}</span>}
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
    </>
  );
}
