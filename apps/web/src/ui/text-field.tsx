import { type ComponentProps, useId } from 'react';

export const fieldLook =
  'min-h-12 w-full rounded-card border border-edge bg-surface px-4 text-ink placeholder:text-muted aria-invalid:border-danger';

/** @param problem why the value is refused; read with the field */
export function TextField(props: ComponentProps<'input'> & { label: string; problem?: string | undefined }) {
  const { label, problem, ...input } = props;
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className={fieldLook}
      />
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1.5 text-danger text-sm">
          {problem}
        </p>
      )}
    </div>
  );
}
