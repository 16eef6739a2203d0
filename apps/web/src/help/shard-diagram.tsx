import { Hexagon, Plus } from 'lucide-react';
import { Fragment } from 'react';
import type { Block } from './article.ts';

/** The kinds of shards side by side, and what only all of them together make. */
export function ShardDiagram({ shards, result }: Extract<Block, { kind: 'shards' }>) {
  return (
    <figure className="flex flex-col items-center gap-2 rounded-card border border-line bg-surface p-4">
      <ul className="flex w-full flex-col gap-2">
        {shards.map(({ name, from }, index) => (
          <Fragment key={name}>
            {index > 0 && (
              <li aria-hidden="true" className="flex justify-center text-muted">
                <Plus className="size-5" />
              </li>
            )}
            <li className="flex items-center gap-3 rounded-card border border-edge p-3">
              <Hexagon aria-hidden="true" className="size-8 shrink-0 stroke-[1.25] text-accent" />
              <span className="min-w-0">
                <span className="block font-medium">{name}</span>
                <span className="block text-muted text-sm">{from}</span>
              </span>
            </li>
          </Fragment>
        ))}
      </ul>
      <figcaption className="mt-2 text-balance text-center font-medium">{result}</figcaption>
    </figure>
  );
}
