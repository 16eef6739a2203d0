import type { ChatMessage } from '@hexkey/sdk';
import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';

const looks = {
  waiting: { icon: Clock, tone: '' },
  sent: { icon: Check, tone: '' },
  delivered: { icon: CheckCheck, tone: '' },
  read: { icon: CheckCheck, tone: 'text-accent' },
  failed: { icon: CircleAlert, tone: 'text-danger' },
} as const;

/** A clock, one check, two checks, two blue ones; in words for those who do not see them. */
export function MessageState({ state }: { state: NonNullable<ChatMessage['state']> }) {
  const t = useT();
  const { icon: Icon, tone } = looks[state];
  const words = t(`message.state-${state}`);
  return (
    <span title={words} className={`inline-flex shrink-0 ${tone}`}>
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{words}</span>
    </span>
  );
}
