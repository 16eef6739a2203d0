/** What is seen of our own screens in the articles. `npm run help-pictures` takes them anew, in both languages. */
export const pictureIds = [
  'set-pin',
  'pin-locked',
  'forgot-pin',
  'change-pin',
  'recovery-kit',
  'contact-ready',
  'contact-code',
  'contact-page',
  'login-help',
  'login-contact',
  'login-words',
  'words-check',
  'add-phone',
  'conversation-privacy',
  'phone-privacy',
  'devices',
  'logs',
] as const;
export type PictureId = (typeof pictureIds)[number];

/** Of every picture, in CSS pixels: a phone. */
export const pictureSize = { width: 360, height: 640 } as const;

export const pictureAddress = (id: PictureId, language: 'en' | 'zh') => `/help/${language}/${id}.webp`;
