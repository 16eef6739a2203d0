import { type ReactNode, useContext } from 'react';
import { CornerContext } from './corner.ts';
import { Heading } from './heading.tsx';

/**
 * One decision on one page, without tabs: a column on phones, a card on wide screens.
 * @param bar what stands in the top corners
 * @param footer the way on; stays at the lower edge
 */
export function BareScreen(props: {
  title: string;
  lead?: ReactNode;
  hero?: ReactNode;
  bar?: { start?: ReactNode; end?: ReactNode };
  footer?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col wide:items-center wide:justify-center wide:py-8">
      <div className="flex w-full flex-1 flex-col wide:min-h-160 wide:w-120 wide:flex-none wide:rounded-card wide:border wide:border-line wide:bg-surface wide:shadow-raised">
        <header className="flex min-h-14 items-center justify-between px-2 pt-1 wide:px-4 wide:pt-3">
          <div>{props.bar?.start}</div>
          <div className="flex items-center gap-1">
            {props.bar?.end}
            {useContext(CornerContext)}
          </div>
        </header>
        <main className="flex flex-1 flex-col px-4 pt-2 pb-6 wide:px-8 wide:pb-8">
          {props.hero}
          <Heading>{props.title}</Heading>
          {props.lead && <div className="mt-2 text-muted">{props.lead}</div>}
          <div className="mt-6 flex flex-1 flex-col">{props.children}</div>
          {props.footer && <div className="mt-8 flex flex-col gap-3">{props.footer}</div>}
        </main>
      </div>
    </div>
  );
}
