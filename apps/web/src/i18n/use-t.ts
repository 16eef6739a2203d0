import { createContext, useContext } from 'react';
import type { Language, Translate } from './catalogue.ts';

export interface Speech {
  readonly t: Translate;
  readonly language: Language;
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
