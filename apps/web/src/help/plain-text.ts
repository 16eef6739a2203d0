import type { Article, Block, Line, LinkSpan, Span } from './article.ts';

/** Everything an article says, piece by piece. */
export function textsOf({ title, summary, blocks }: Article): readonly string[] {
  return [title, summary, ...blocks.flatMap(textsOfBlock)];
}

/** The links of an article. */
export function linksOf({ blocks }: Article): readonly LinkSpan[] {
  return blocks
    .flatMap(linesOf)
    .flatMap(spansOf)
    .filter((span): span is LinkSpan => typeof span !== 'string' && !('strong' in span));
}

export const spansOf = (line: Line): readonly Span[] => (typeof line === 'string' ? [line] : line);

function textsOfBlock(block: Block): readonly string[] {
  if (block.kind === 'picture') return [block.shows];
  if (block.kind === 'shards')
    return [...block.shards.flatMap(({ name, from }) => [name, from]), block.result];
  return linesOf(block).map((line) => spansOf(line).map(wordsOf).join(''));
}

function linesOf(block: Block): readonly Line[] {
  if ('line' in block) return [block.line];
  return 'lines' in block ? block.lines : [];
}

function wordsOf(span: Span): string {
  if (typeof span === 'string') return span;
  return 'strong' in span ? span.strong : span.text;
}
