import { skipToken, useQuery } from '@tanstack/react-query';
import { useSpeech } from '../i18n/use-t.ts';
import type { Library } from './library.ts';
import { loadLibrary } from './load-library.ts';

/** The articles in the language that is spoken. They stay once they came. */
export function useLibrary(wanted = true) {
  const { language } = useSpeech();
  return useQuery<Library>({
    queryKey: ['help-library', language],
    queryFn: wanted ? () => loadLibrary(language) : skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
