import type { ReactNode } from 'react';
import { Heading } from '../ui/heading.tsx';

/** As `Page`, but a title that is a question may take two lines. */
export function ArticlePage(props: { title: string; back: ReactNode; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-full w-full max-w-160 flex-col px-4 pb-8 wide:px-8">
      <div className="-ml-2 flex min-h-16 items-center">{props.back}</div>
      <Heading>{props.title}</Heading>
      <div className="flex flex-1 flex-col gap-6 pt-2">{props.children}</div>
    </main>
  );
}
