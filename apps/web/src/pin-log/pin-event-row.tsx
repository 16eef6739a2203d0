import type { PinHistory } from '@hexkey/sdk';
import { CircleCheck, CircleX, Info, KeyRound, Lock } from 'lucide-react';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';

const kinds = {
  right: { key: 'pin-log.right', icon: CircleCheck, look: 'text-good' },
  wrong: { key: 'pin-log.wrong', icon: CircleX, look: 'text-danger' },
  refused: { key: 'pin-log.refused', icon: Lock, look: 'text-danger' },
  replaced: { key: 'pin-log.replaced', icon: KeyRound, look: 'text-good' },
  deleted: { key: 'pin-log.deleted', icon: KeyRound, look: 'text-warn' },
  clock: { key: 'pin-log.clock', icon: Info, look: 'text-muted' },
  restored: { key: 'pin-log.restored', icon: Info, look: 'text-warn' },
  other: { key: 'pin-log.other', icon: Info, look: 'text-muted' },
} as const;

/** What a device was granted, where a wallet is meant. */
const granted = {
  wallet: 'pin-log.wallet',
  sign: 'pin-log.sign',
  approve: 'pin-log.approve',
  limits: 'pin-log.limits',
  pay: 'pin-log.pay',
  erase: 'pin-log.erase',
  export: 'pin-log.key-export',
  unexport: 'pin-log.key-unexport',
  release: 'pin-log.key-release',
} as const;

type Event = PinHistory['events'][number];

/** One attempt or event, who made it, and how many PIN nodes tell of it. */
export function PinEventRow({ event, nodes }: { event: Event; nodes: PinHistory['nodes'] }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { icon: Icon, look } = kinds[event.kind];
  return (
    <li className={`flex gap-3 px-4 py-3 ${event.isForeign ? 'bg-danger/10' : ''}`}>
      <Icon aria-hidden="true" className={`mt-px size-5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <span className="font-medium">{t(textOf(event))}</span>
          {event.isForeign && <span className="font-medium text-danger">{t('pin-log.not-yours')}</span>}
        </div>
        <p className="figures text-muted text-sm [overflow-wrap:anywhere]">
          {[dateTime(event.atMs), useDeviceText(event), useTellers(event, nodes)].filter(Boolean).join(' · ')}
        </p>
      </div>
    </li>
  );
}

function textOf({ kind, operation }: Event) {
  if (kind === 'other' && operation in granted) return granted[operation as keyof typeof granted];
  return kinds[kind].key;
}

/** What happened to a node has no device. */
function useDeviceText({ device, deviceName, isThisDevice, isForeign }: Event): string | null {
  const t = useT();
  if (device === null) return null;
  if (isThisDevice) return t('pin-log.this-device');
  return deviceName ?? (isForeign ? t('pin-log.unknown-device') : t('pin-log.unnamed'));
}

function useTellers({ nodes: tellers }: Event, nodes: PinHistory['nodes']): string {
  const t = useT();
  const [only] = tellers;
  if (tellers.length > 1 || only === undefined)
    return t('pin-log.told-by-short', { told: tellers.length, of: nodes.length });
  return t('pin-log.told-by-one', { node: nodes.find(({ realmId }) => realmId === only)?.name ?? only });
}
