import { Link } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useSafetyNumber } from '../chats/use-chats.ts';
import { useT } from '../i18n/use-t.ts';
import { Card } from '../ui/card.tsx';
import { RowContent, rowLook } from '../ui/list-row.tsx';

/** The way from a person to the safety number; nothing before both sides have one. */
export function SafetyRow({ chatId }: { chatId: string }) {
  const t = useT();
  const safety = useSafetyNumber(chatId);
  if (!safety.data) return null;
  return (
    <Card>
      <Link to="/chats/$chatId/safety" params={{ chatId }} className={rowLook}>
        <RowContent
          icon={<ShieldCheck aria-hidden="true" />}
          title={t('chat-details.safety')}
          value={t(`chat-details.safety-${safety.data.state}`)}
        />
      </Link>
    </Card>
  );
}
