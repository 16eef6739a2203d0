import { ClockAlert, Download, PlugZap, ShieldAlert } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { ErrorHelp } from '../help/error-help.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { useDependencies } from './app-dependencies.ts';
import { ErrorNotice } from './error-notice.tsx';
import type { Takeover } from './takeover.ts';
import { useFormatTime } from './use-format-time.ts';

/** One page in place of all others, saying what must be put right first. */
export function TakeoverScreen({ takeover }: { takeover: Takeover }) {
  if (takeover.kind === 'insecure-origin') return <InsecureOrigin />;
  if (takeover.kind === 'clock-skew') return <ClockSkew {...takeover} />;
  if (takeover.kind === 'update-required') return <UpdateRequired {...takeover} />;
  return <CannotStart error={takeover.error} />;
}

function TakeoverPage(props: {
  title: string;
  lead?: string;
  icon: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  useEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`;
  }, [props.title, t]);
  return (
    <BareScreen
      title={props.title}
      lead={props.lead}
      hero={<div className="mb-4 text-warn [&>svg]:size-12 [&>svg]:stroke-[1.25]">{props.icon}</div>}
      footer={props.footer}
    >
      {props.children}
    </BareScreen>
  );
}

function ClockSkew(props: { deviceTimeMs: number; serverTimeMs: number }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  return (
    <TakeoverPage
      title={t('clock.title')}
      lead={t('clock.lead')}
      icon={<ClockAlert aria-hidden="true" />}
      footer={<TryAgain />}
    >
      <Card>
        <Fact name={t('clock.device')}>{dateTime(props.deviceTimeMs)}</Fact>
        <Fact name={t('clock.server')}>{dateTime(props.serverTimeMs)}</Fact>
      </Card>
      <p className="mt-6">{t('clock.how')}</p>
      <ErrorHelp name="ClockSkewed" />
    </TakeoverPage>
  );
}

function UpdateRequired({ minimumVersion }: { minimumVersion: string }) {
  const t = useT();
  const { version, browser } = useDependencies();
  return (
    <TakeoverPage
      title={t('update.title')}
      lead={t('update.lead', { version, minimum: minimumVersion })}
      icon={<Download aria-hidden="true" />}
      footer={
        <Button wide onClick={browser.updates.beginNewest}>
          {t('update.reload')}
        </Button>
      }
    >
      <p>{t('update.how')}</p>
      <ErrorHelp name="UpdateRequired" />
      <p className="figures mt-4 text-muted text-sm">{t('error.code', { code: 10006 })}</p>
    </TakeoverPage>
  );
}

function InsecureOrigin() {
  const t = useT();
  return (
    <TakeoverPage
      title={t('insecure.title')}
      lead={t('insecure.lead')}
      icon={<ShieldAlert aria-hidden="true" />}
    >
      <h2 className="font-medium">{t('insecure.how-title')}</h2>
      <ul className="mt-2 flex list-disc flex-col gap-2 pl-5 text-muted [overflow-wrap:anywhere]">
        <li>{t('insecure.how-proxy')}</li>
        <li>{t('insecure.how-url')}</li>
        <li>{t('insecure.how-local')}</li>
      </ul>
      <p className="mt-6">{t('insecure.ask')}</p>
    </TakeoverPage>
  );
}

function CannotStart({ error }: { error: unknown }) {
  const t = useT();
  return (
    <TakeoverPage title={t('cannot-start.title')} icon={<PlugZap aria-hidden="true" />} footer={<TryAgain />}>
      <ErrorNotice error={error} />
    </TakeoverPage>
  );
}

function TryAgain() {
  const t = useT();
  const { takeover } = useDependencies();
  return (
    <Button wide onClick={() => takeover.set(null)}>
      {t('action.try-again')}
    </Button>
  );
}
