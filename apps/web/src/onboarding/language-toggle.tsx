import { Languages } from 'lucide-react';
import { languageNames, languages, languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Button } from '../ui/button.tsx';

/** Offers the other language in its own words, for somebody who cannot read this one. */
export function LanguageToggle() {
  const { language } = useSpeech();
  const [, change] = usePreferences();
  const other = languages.find((one) => one !== language) ?? language;
  return (
    <Button tone="quiet" onClick={() => change({ language: other })}>
      <Languages aria-hidden="true" className="size-5" />
      <span lang={languageTags[other]}>{languageNames[other]}</span>
    </Button>
  );
}
