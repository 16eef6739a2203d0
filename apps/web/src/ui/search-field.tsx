import { Search } from 'lucide-react';
import { fieldLook } from './text-field.tsx';

/** Narrows a list while it is typed. */
export function SearchField(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-3.5 my-auto size-5 text-muted"
      />
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        autoComplete="off"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className={`${fieldLook} pl-11`}
      />
    </div>
  );
}
