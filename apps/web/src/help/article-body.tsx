import { useSpeech } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import type { Article, Block, Line } from './article.ts';
import { HelpSpan } from './help-span.tsx';
import { pictureAddress, pictureSize } from './pictures.ts';
import { spansOf } from './plain-text.ts';
import { ShardDiagram } from './shard-diagram.tsx';

/** The content of an article, below its title. */
export function ArticleBody({ blocks }: Pick<Article, 'blocks'>) {
  return (
    <div className="flex max-w-[64ch] flex-col gap-4">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of an article never change places
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  const { language } = useSpeech();
  if (block.kind === 'picture')
    return (
      <img
        src={pictureAddress(block.picture, language)}
        alt={block.shows}
        {...pictureSize}
        loading="lazy"
        className="h-auto w-60 max-w-full self-center rounded-card border border-line"
      />
    );
  if (block.kind === 'shards') return <ShardDiagram {...block} />;
  if (block.kind === 'steps')
    return (
      <ol className="flex list-decimal flex-col gap-2 pl-6 marker:font-medium marker:text-muted">
        <Lines lines={block.lines} />
      </ol>
    );
  if (block.kind === 'points')
    return (
      <ul className="flex list-disc flex-col gap-2 pl-6 marker:text-muted">
        <Lines lines={block.lines} />
      </ul>
    );
  if (block.kind === 'heading')
    return (
      <h2 className="mt-2 font-semibold">
        <LineView line={block.line} />
      </h2>
    );
  if (block.kind === 'text')
    return (
      <p>
        <LineView line={block.line} />
      </p>
    );
  return (
    <Notice tone={block.kind === 'warning' ? 'warn' : 'info'}>
      <LineView line={block.line} />
    </Notice>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an article never change places
    <li key={index}>
      <LineView line={line} />
    </li>
  ));
}

function LineView({ line }: { line: Line }) {
  return spansOf(line).map((span, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change places
    <HelpSpan key={index} span={span} />
  ));
}
