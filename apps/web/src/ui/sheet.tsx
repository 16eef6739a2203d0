import { type ReactNode, useEffect, useId, useRef } from 'react';

/**
 * A question in front of the page: slides up on phones, a dialog on wide screens. The browser's own `<dialog>` keeps
 * focus inside, makes the rest inert and closes on Escape, and needs no style that a strict CSP would refuse.
 */
export function Sheet(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (props.open && !dialog.current?.open) dialog.current?.showModal();
    if (!props.open) dialog.current?.close();
  }, [props.open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={props.onClose}
      className="m-auto mb-0 w-full max-w-full animate-rise rounded-t-card bg-surface p-6 text-ink shadow-raised backdrop:bg-[#000]/40 wide:mb-auto wide:w-112 wide:rounded-card"
    >
      <h2 id={titleId} className="font-semibold text-title">
        {props.title}
      </h2>
      <div className="mt-2 text-muted">{props.children}</div>
      <div className="mt-6 flex flex-col gap-3">{props.actions}</div>
    </dialog>
  );
}
