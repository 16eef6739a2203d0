import { StepButton } from '../app/link.tsx';
import { usePlace } from '../app/use-place.ts';
import { useT } from '../i18n/use-t.ts';
import type { RoutePath } from '../route-table.ts';
import { BareScreen } from '../ui/bare-screen.tsx';

/**
 * /link: where a phone's own camera leads that reads a new device's code. A link begins no approval, or one in a message would: the
 * page only says where to scan.
 */
export function LinkCodeScreen() {
  const t = useT();
  const isHome = usePlace().at === 'home';
  const next: RoutePath = isHome ? '/settings/account/security/devices/link' : '/welcome';
  return (
    <BareScreen
      title={t('link-code.title')}
      lead={t('link-code.lead')}
      footer={
        <StepButton wide to={next}>
          {t(isHome ? 'link-device.title' : 'link-code.continue')}
        </StepButton>
      }
    />
  );
}
