import { useT } from '../i18n/use-t.ts';

/** Sixty digits as two people read them to each other: twelve groups of five. */
export function SafetyDigits({ digits }: { digits: string }) {
  const t = useT();
  return (
    <section aria-label={t('safety.digits')} className="w-full max-w-88">
      <p
        translate="no"
        className="figures grid grid-cols-3 gap-x-4 gap-y-2 text-center text-lg tracking-wide sm:grid-cols-4"
      >
        {digits.split(' ').map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups may be equal, and their places never change
          <span key={place}>{group} </span>
        ))}
      </p>
    </section>
  );
}
