import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from '../ui/button.tsx';

const itemLook =
  'flex min-h-11 cursor-pointer items-center rounded-lg px-4 outline-none data-highlighted:bg-accent/10';

/** What somebody who cannot pass the gate may do. Not modal: a modal menu locks scrolling with an inline style. */
export function GateMenu({ onSwitch }: { onSwitch: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={t('action.menu')}>
          <EllipsisVertical aria-hidden="true" className="size-5" />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        className="z-10 min-w-52 animate-rise rounded-card border border-line bg-surface p-1 shadow-raised"
      >
        <DropdownMenu.Item className={itemLook} onSelect={() => void navigate({ to: '/unlock/forgot-pin' })}>
          {t('unlock.forgot')}
        </DropdownMenu.Item>
        <DropdownMenu.Item className={itemLook} onSelect={onSwitch}>
          {t('unlock.switch')}
        </DropdownMenu.Item>
        <DropdownMenu.Item className={itemLook} onSelect={() => void navigate({ to: '/unlock/logs' })}>
          {t('unlock.logs')}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
