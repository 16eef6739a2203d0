import type { HeldVersion } from '@hexkey/protocol';
import type { Survey } from '../pin/survey-nodes.ts';

/**
 * What nodes answered, three of five of which open a record. One word each: `A` has version A committed, `a` staged, `Ab` has B staged
 * beside A, `-` holds nothing, `?` did not answer.
 */
export function aSurvey(nodes: readonly string[]): Survey {
  const held = new Map(
    nodes.flatMap((letters, node): [string, HeldVersion[]][] =>
      letters === '?' ? [] : [[String(node), letters === '-' ? [] : [...letters].map(versionOf)]],
    ),
  );
  return { held, unanswered: nodes.length - held.size, threshold: 3 };
}

function versionOf(letter: string): HeldVersion {
  const version = new Uint8Array(16).fill(letter.toUpperCase().charCodeAt(0));
  return { version, state: letter === letter.toUpperCase() ? 'committed' : 'staged', nodeSetHash: null };
}
