import { type ReactNode, useContext } from 'react';
import { CornerContext } from './corner.ts';
import { Heading } from './heading.tsx';

/** A page beside tabs or a list: a title bar, then its content. */
export function Page(props: {
  title: string;
  bar?: { start?: ReactNode; end?: ReactNode };
  children: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-full w-full max-w-160 flex-col px-4 pb-8 wide:px-8">
      <header className="flex min-h-16 items-center gap-1">
        {props.bar?.start && <div className="-ml-2">{props.bar.start}</div>}
        <div className="min-w-0 flex-1 truncate">
          <Heading>{props.title}</Heading>
        </div>
        {props.bar?.end}
        {useContext(CornerContext)}
      </header>
      <div className="flex flex-1 flex-col gap-6 pt-2">{props.children}</div>
    </main>
  );
}
