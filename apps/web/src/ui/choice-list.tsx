import { useId } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One of a few, all in sight. Native radio buttons: arrow keys and screen readers know them. */
export function ChoiceList<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map((choice) => (
        <label
          key={choice.value}
          className="flex min-h-13 items-center gap-3 rounded-card border border-edge bg-surface px-4 py-3 transition-colors duration-150 hover:bg-ink/5 has-checked:border-accent has-checked:bg-accent/10 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={props.value === choice.value}
            onChange={() => props.onChange(choice.value)}
            className="peer size-5 shrink-0 accent-accent outline-none"
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
