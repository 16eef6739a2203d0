import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';

/** Also the look of links that lead somewhere as a button would. */
export const buttonLook = cva(
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 font-medium transition-colors duration-150 disabled:opacity-50',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent enabled:hover:bg-accent/90',
        secondary: 'border border-edge bg-surface text-ink enabled:hover:bg-ink/5',
        quiet: 'text-accent enabled:hover:bg-accent/10',
        danger: 'bg-danger text-on-accent enabled:hover:bg-danger/90',
      },
      wide: { true: 'w-full', false: '' },
    },
    defaultVariants: { tone: 'primary', wide: false },
  },
);

export function Button({
  tone,
  wide,
  className,
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof buttonLook>) {
  return <button type="button" {...rest} className={buttonLook({ tone, wide, className })} />;
}

/** A square button that shows only an icon. @param label what it does, for those who do not see the icon */
export function IconButton({ label, className = '', ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`${iconButtonLook} ${className}`}
    />
  );
}

export const iconButtonLook =
  'inline-flex size-11 shrink-0 items-center justify-center rounded-full text-ink transition-colors duration-150 hover:bg-ink/5';
