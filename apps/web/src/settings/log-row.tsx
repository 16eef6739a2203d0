import type { LogEntry } from '@hexkey/contract';
import { CircleCheck, CircleX, Lock } from 'lucide-react';
import { useFormatTime } from '../app/use-format-time.ts';
import type { PlainKey } from '../i18n/catalogue.ts';
import { en } from '../i18n/en.ts';
import { useT } from '../i18n/use-t.ts';

const outcomes = {
  success: { key: 'logs.success', icon: CircleCheck, look: 'text-good' },
  'wrong-pin': { key: 'logs.wrong-pin', icon: CircleX, look: 'text-danger' },
  locked: { key: 'logs.locked', icon: Lock, look: 'text-danger' },
} as const;

type OperationKey = Extract<PlainKey, `logs.op.${string}`>;
const isOperationKey = (key: string): key is OperationKey => Object.hasOwn(en, key);

/** One line of the log. An operation without words of its own is shown by its name: hiding it would be worse. */
export function LogRow({ entry }: { entry: LogEntry }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { key, icon: Icon, look } = outcomes[entry.outcome];
  const operation = `logs.op.${entry.operation}`;
  return (
    <li className="flex gap-3 px-4 py-3">
      <Icon aria-hidden="true" className={`mt-px size-5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <span className="font-medium [overflow-wrap:anywhere]">
            {isOperationKey(operation) ? t(operation) : entry.operation}
          </span>
          <span className={look}>{t(key)}</span>
        </div>
        <p className="figures text-muted text-sm [overflow-wrap:anywhere]">
          {[dateTime(entry.atMs), entry.device, entry.place].filter(Boolean).join(' · ')}
        </p>
      </div>
    </li>
  );
}
