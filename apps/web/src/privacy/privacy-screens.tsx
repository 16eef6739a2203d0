import { SettingPage } from '../settings/setting-page.tsx';
import { PrivacyChoices } from './privacy-choice.tsx';

/** /settings/account/privacy/conversation: who can write to me, and add me to groups. */
export function ConversationPrivacyScreen() {
  return (
    <SettingPage path="/settings/account/privacy/conversation">
      <PrivacyChoices questions={['messages', 'groups']} />
    </SettingPage>
  );
}

/** /settings/account/privacy/phone: who can find me by my number. */
export function PhonePrivacyScreen() {
  return (
    <SettingPage path="/settings/account/privacy/phone">
      <PrivacyChoices questions={['foundByPhone']} />
    </SettingPage>
  );
}
