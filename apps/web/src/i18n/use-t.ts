import { createContext, useContext } from 'react';
import type { Language, Translate } from './catalogue.ts';
import type { Texts } from './texts.ts';

export interface Speech {
  readonly t: Translate;
  readonly language: Language;
  readonly errors: Texts['errors'];
}
export const SpeechContext = createContext<Speech | null>(null);

/** The texts of the chosen language. */
export function useT(): Translate {
  return useSpeech().t;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('outside of SpeechContext');
  return speech;
}
