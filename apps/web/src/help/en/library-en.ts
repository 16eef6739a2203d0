import type { Library } from '../library.ts';
import { faqsEn } from './faqs.ts';
import { mnemonicPhrasesEn } from './mnemonic-phrases.ts';
import { pinEn } from './pin.ts';
import { recoveryKitEn } from './recovery-kit.ts';
import { securityPrivacyEn } from './security-privacy.ts';

export const libraryEn: Library = {
  language: 'en',
  collections: {
    pin: { title: 'PIN', lead: 'Setting it, changing it, forgetting it' },
    'recovery-kit': {
      title: 'Recovery Kit',
      lead: 'Phone number, words and recovery contact: the ways back in',
    },
    'mnemonic-phrases': { title: 'Mnemonic phrases', lead: 'Your 13 words, and what they open' },
    'security-privacy': {
      title: 'Security & Privacy',
      lead: 'Who reaches you, who finds you, which devices are yours',
    },
    faqs: { title: 'FAQs', lead: 'When a code, a message or a page does not work' },
  },
  articles: { ...pinEn, ...recoveryKitEn, ...mnemonicPhrasesEn, ...securityPrivacyEn, ...faqsEn },
};
