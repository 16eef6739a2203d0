import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { Menu } from '../ui/menu.tsx';

/** What somebody who cannot pass the gate may do. */
export function GateMenu({ onSwitch }: { onSwitch: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  return (
    <Menu
      label={t('action.menu')}
      icon={<EllipsisVertical aria-hidden="true" className="size-5" />}
      items={[
        { label: t('unlock.forgot'), onChoose: () => void navigate({ to: '/unlock/forgot-pin' }) },
        { label: t('unlock.switch'), onChoose: onSwitch },
        { label: t('accounts.title'), onChoose: () => void navigate({ to: '/accounts' }) },
        { label: t('unlock.logs'), onChoose: () => void navigate({ to: '/unlock/logs' }) },
      ]}
    />
  );
}
