/** The collections of the help centre, and the articles of each in the order in which they are shown. */
export const helpCollections = {
  pin: ['what-is-pin', 'forgot-pin', 'change-pin', 'wrong-pin', 'pin-nodes'],
  'recovery-kit': [
    'add-phone',
    'change-phone',
    'set-recovery-contact',
    'recovery-contact-login',
    'view-recovery-contact',
    'what-is-recovery-kit',
    'rehearse-recovery',
  ],
  'mnemonic-phrases': ['log-in-with-words', 'key-shards', 'back-up-words', 'view-words'],
  'security-privacy': [
    'restrict-strangers',
    'pay-with-passkey',
    'conversation-privacy',
    'phone-number-privacy',
    'contacts',
    'devices',
    'logs',
    'log-out',
    'app-lock',
    'several-accounts',
    'notifications',
    'export-data',
    'delete-account',
  ],
  faqs: [
    'pin-upgrade',
    'codes',
    'payments',
    'move-everything',
    'conversations',
    'connection',
    'clock-and-update',
    'browser-storage',
    'send-logs',
    'submit-request',
  ],
} as const;

export type HelpCollectionId = keyof typeof helpCollections;
export type HelpArticleId = (typeof helpCollections)[HelpCollectionId][number];
export const helpCollectionIds = Object.keys(helpCollections) as readonly HelpCollectionId[];
export const helpArticleIds: readonly HelpArticleId[] = Object.values(helpCollections).flat();
