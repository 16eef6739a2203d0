import type { ChatMessage } from '@hexkey/sdk';
import { useRef } from 'react';
import { useLineOf } from '../chats/use-line-of.ts';
import { useNameOf } from '../chats/use-names.ts';
import { useT } from '../i18n/use-t.ts';

/** Says the newest message of somebody else to those who do not see it come. What was there before is not said. */
export function HeardMessage(props: { messages: readonly ChatMessage[]; isDirect: boolean }) {
  const t = useT();
  const lineOf = useLineOf();
  const nameOf = useNameOf();
  const newest = props.messages.at(-1);
  const knownId = useRef(newest?.id);
  const isNew = newest !== undefined && newest.id !== knownId.current && !newest.sender.isSelf;
  return (
    <p role="status" className="sr-only">
      {isNew && t('chats.sender-line', { name: nameOf(newest.sender), line: lineOf(newest, props.isDirect) })}
    </p>
  );
}
