import type { ShownContent } from '@hexkey/sdk';
import { Ban, LockKeyhole, RefreshCw } from 'lucide-react';
import { FileCard } from '../files/file-card.tsx';
import { useT } from '../i18n/use-t.ts';
import { ContactCard } from './contact-card.tsx';
import { PollCard } from './poll-card.tsx';
import { textParts } from './text-parts.ts';
import { TransferCard } from './transfer-card.tsx';

const signs = { deleted: Ban, unknown: RefreshCw, unreadable: LockKeyhole } as const;

/** What a message says, or why it says nothing. */
export function MessageBody(props: {
  chatId: string;
  messageId: string;
  content: ShownContent;
  isOwn: boolean;
  tabIndex: number;
}) {
  const t = useT();
  const { content, isOwn, tabIndex } = props;
  switch (content.kind) {
    case 'text':
      return <MessageText text={content.text} tabIndex={tabIndex} />;
    case 'contact':
      return <ContactCard hexkeyId={content.hexkeyId} name={content.name} tabIndex={tabIndex} />;
    case 'transfer':
      return <TransferCard card={content} isOwn={isOwn} tabIndex={tabIndex} />;
    case 'attachment':
      return (
        <FileCard
          chatId={props.chatId}
          messageId={props.messageId}
          attachment={content}
          isOwn={isOwn}
          tabIndex={tabIndex}
        />
      );
    case 'poll':
      return (
        <PollCard chatId={props.chatId} messageId={props.messageId} poll={content} tabIndex={tabIndex} />
      );
    case 'deleted':
    case 'unknown':
    case 'unreadable': {
      const Sign = signs[content.kind];
      return (
        <p className="flex gap-2 text-muted italic">
          <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t(`message.${content.kind}`)}
        </p>
      );
    }
    default:
      // Events have lines of their own.
      return null;
  }
}

/** Text as it was written, in the direction of its own letters. Addresses can be opened; nothing is fetched of them before. */
function MessageText({ text, tabIndex }: { text: string; tabIndex: number }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {textParts(text).map((part, index) =>
        part.is === 'text' ? (
          part.text
        ) : (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            tabIndex={tabIndex}
            className="text-accent underline underline-offset-2"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
