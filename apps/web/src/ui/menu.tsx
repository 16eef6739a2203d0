import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';

export interface MenuItem {
  readonly label: string;
  readonly onChoose: () => void;
}

/**
 * A button with a short list of things to do. WAI-ARIA menu button pattern: opening puts the focus on the first item,
 * arrows, Home and End move, Escape and Tab close, and the focus returns to the button.
 */
export function Menu({ label, icon, items }: { label: string; icon: ReactNode; items: readonly MenuItem[] }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const itemAt = (index: number) =>
    list.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[(index + items.length) % items.length];

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const moved = (event: KeyboardEvent, index: number) => {
    if (event.key === 'Tab') return close();
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (next !== undefined) itemAt(next)?.focus();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: no interaction of its own, it only sees the focus leave
    <div
      className="relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <IconButton
        ref={button}
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon}
      </IconButton>
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        hidden={!open}
        className="absolute top-full right-0 z-10 mt-1 min-w-52 animate-rise rounded-card border border-line bg-surface p-1 shadow-raised"
      >
        {items.map((item, index) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            // The callback changes with `open`, so React calls it again at each opening.
            ref={open && index === 0 ? focusOnce : null}
            onKeyDown={(event) => moved(event, index)}
            onClick={() => {
              close();
              item.onChoose();
            }}
            className="flex min-h-11 w-full items-center rounded-lg px-4 text-left outline-none hover:bg-ink/5 focus:bg-accent/10"
          >
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}

const focusOnce = (item: HTMLElement | null) => item?.focus();
