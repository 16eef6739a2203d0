import type { Privacy, PrivacySettings } from '@hexkey/sdk';

/** Choices that are kept as long as the page. */
export function fakePrivacy(): Privacy {
  let settings: PrivacySettings = { messages: 'everybody', groups: 'everybody', foundByPhone: 'everybody' };
  return {
    settings: async () => settings,
    async change(next) {
      settings = { ...settings, ...next };
      return settings;
    },
  };
}
