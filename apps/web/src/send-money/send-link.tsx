import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { Button } from '../ui/button.tsx';
import type { SendStart } from './send-start.ts';

type Start = Omit<SendStart, 'place'>;

/** Opens the page that sends money. @returns takes what is known already */
export function useSendMoneyTo(): (start?: Start) => void {
  const { sendStart } = useDependencies();
  const navigate = useNavigate();
  return useCallback(
    (start = {}) => {
      sendStart.set({ ...start, place: sendStart.get().place + 1 });
      void navigate({ to: '/wallet/send' });
    },
    [sendStart, navigate],
  );
}

export function SendLink(props: {
  start?: Start;
  tone?: 'primary' | 'secondary';
  wide?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const open = useSendMoneyTo();
  const { tone, wide, className } = props;
  return (
    <Button {...{ tone, wide, className }} onClick={() => open(props.start)}>
      {props.children}
    </Button>
  );
}
