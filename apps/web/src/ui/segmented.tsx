import { useId } from 'react';

/** One of a few short values, side by side. */
export function Segmented<Value extends number>(props: {
  label: string;
  values: readonly Value[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex gap-1 rounded-full border border-line bg-canvas p-1">
      <legend className="sr-only">{props.label}</legend>
      {props.values.map((value) => (
        <label
          key={value}
          className="figures flex min-h-11 flex-1 items-center justify-center rounded-full text-muted transition-colors duration-150 has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name={name}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
            className="sr-only"
          />
          {value}
        </label>
      ))}
    </fieldset>
  );
}
