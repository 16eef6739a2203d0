import type { RouteComponent } from '@tanstack/react-router';
import { fetchedScreen } from './app/fetched-screen.tsx';
import { NotFoundScreen } from './app/not-found-screen.tsx';
import { ChatsScreen } from './chats/chats-screen.tsx';
import { RequestsScreen } from './chats/requests-screen.tsx';
import { LoginCodeScreen, RegisterCodeScreen } from './onboarding/code-screen.tsx';
import { LandingScreen } from './onboarding/landing-screen.tsx';
import { LoginWordsScreen } from './onboarding/login-words-screen.tsx';
import { OfferedWordsScreen } from './onboarding/offered-words-screen.tsx';
import { LoginPhoneScreen, RegisterPhoneScreen } from './onboarding/phone-screen.tsx';
import { RegisterWordsScreen } from './onboarding/register-words-screen.tsx';
import { SetPinScreen } from './onboarding/set-pin-screen.tsx';
import { LoginScreen, RegisterScreen } from './onboarding/way-in-screen.tsx';
import { WelcomeNameScreen } from './onboarding/welcome-name-screen.tsx';
import type { RoutePath } from './route-table.ts';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { UnlockScreen } from './unlock/unlock-screen.tsx';

/** The screen of each page of the route table. What the first page does not need is fetched when it is wanted. */
export const screens: Readonly<Record<RoutePath, RouteComponent>> = {
  '/welcome': LandingScreen,
  '/register': RegisterScreen,
  '/register/words': RegisterWordsScreen,
  '/register/phone': RegisterPhoneScreen,
  '/register/phone/code': RegisterCodeScreen,
  '/login': LoginScreen,
  '/login/words': LoginWordsScreen,
  '/login/phone': LoginPhoneScreen,
  '/login/phone/code': LoginCodeScreen,
  '/login/help': fetchedScreen(() => import('./contact-login/login-help-screen.tsx'), 'LoginHelpScreen'),
  '/login/contact': fetchedScreen(
    () => import('./contact-login/login-contact-screen.tsx'),
    'LoginContactScreen',
  ),
  '/login/contact/code': fetchedScreen(
    () => import('./contact-login/login-contact-code-screen.tsx'),
    'LoginContactCodeScreen',
  ),
  '/login/link': fetchedScreen(() => import('./device-link/link-this-screen.tsx'), 'LinkThisScreen'),
  '/link': fetchedScreen(() => import('./device-link/link-code-screen.tsx'), 'LinkCodeScreen'),
  '/welcome/phone': fetchedScreen(
    () => import('./contact-login/change-phone-screen.tsx'),
    'ChangePhoneScreen',
  ),
  '/upgrade-pin': fetchedScreen(() => import('./upgrade-pin/upgrade-pin-screen.tsx'), 'UpgradePinScreen'),
  '/upgrade-pin/old-pin': fetchedScreen(() => import('./upgrade-pin/old-pin-screen.tsx'), 'OldPinScreen'),
  '/invite': fetchedScreen(() => import('./contacts/invite-screen.tsx'), 'InviteScreen'),
  '/accounts': fetchedScreen(() => import('./accounts/accounts-screen.tsx'), 'AccountsScreen'),
  '/pin/set': SetPinScreen,
  '/welcome/words': OfferedWordsScreen,
  '/welcome/name': WelcomeNameScreen,
  '/unlock': UnlockScreen,
  '/unlock/logs': fetchedScreen(() => import('./unlock/gate-pages.tsx'), 'GateLogsScreen'),
  '/unlock/forgot-pin': fetchedScreen(() => import('./unlock/gate-pages.tsx'), 'GateForgotPinScreen'),
  '/pin/finish-change': fetchedScreen(
    () => import('./settings/finish-pin-change-screen.tsx'),
    'FinishPinChangeScreen',
  ),
  '/chats': ChatsScreen,
  '/chats/team-hexkey': fetchedScreen(() => import('./team-hexkey/team-chat-screen.tsx'), 'TeamChatScreen'),
  '/chats/new': fetchedScreen(() => import('./chats/new-chat-screen.tsx'), 'NewChatScreen'),
  '/chats/requests': RequestsScreen,
  '/chats/new-group': fetchedScreen(() => import('./groups/new-group-screen.tsx'), 'NewGroupScreen'),
  '/chats/$chatId': fetchedScreen(
    () => import('./conversation/conversation-screen.tsx'),
    'ConversationScreen',
  ),
  '/chats/$chatId/details': fetchedScreen(
    () => import('./groups/chat-details-screen.tsx'),
    'ChatDetailsScreen',
  ),
  '/chats/$chatId/add': fetchedScreen(() => import('./groups/add-members-screen.tsx'), 'AddMembersScreen'),
  '/chats/$chatId/link': fetchedScreen(() => import('./groups/group-link-screen.tsx'), 'GroupLinkScreen'),
  '/chats/$chatId/safety': fetchedScreen(() => import('./safety/safety-screen.tsx'), 'SafetyScreen'),
  '/group-invite': fetchedScreen(() => import('./groups/group-invite-screen.tsx'), 'GroupInviteScreen'),
  '/chats/contact-login': fetchedScreen(() => import('./contact-login/refuse-screen.tsx'), 'RefuseScreen'),
  '/contacts': fetchedScreen(() => import('./contacts/contacts-screen.tsx'), 'ContactsScreen'),
  '/contacts/add': fetchedScreen(() => import('./contacts/add-contact-screen.tsx'), 'AddContactScreen'),
  '/contacts/add/phone': fetchedScreen(
    () => import('./contacts/add-by-phone-screen.tsx'),
    'AddByPhoneScreen',
  ),
  '/profile': fetchedScreen(() => import('./profile/profile-screen.tsx'), 'ProfileScreen'),
  '/wallet': fetchedScreen(() => import('./wallet/wallet-screen.tsx'), 'WalletScreen'),
  '/wallet/receive': fetchedScreen(() => import('./wallet/receive-screen.tsx'), 'ReceiveScreen'),
  '/wallet/send': fetchedScreen(() => import('./send-money/send-screen.tsx'), 'SendScreen'),
  '/wallet/transfers': fetchedScreen(() => import('./transfers/history-screen.tsx'), 'HistoryScreen'),
  '/wallet/transfers/$transferId': fetchedScreen(
    () => import('./transfers/transfer-screen.tsx'),
    'TransferScreen',
  ),
  '/wallet/tokens/$mint': fetchedScreen(() => import('./wallet/token-screen.tsx'), 'TokenScreen'),
  '/wallet/limits': fetchedScreen(() => import('./wallet-limits/limits-screen.tsx'), 'LimitsScreen'),
  '/wallet/devices-on-hold': fetchedScreen(
    () => import('./device-holds/devices-on-hold-screen.tsx'),
    'DevicesOnHoldScreen',
  ),
  '/wallet/move-everything': fetchedScreen(() => import('./sweep/sweep-screen.tsx'), 'SweepScreen'),
  '/wallet/key': fetchedScreen(() => import('./key-shards/key-screen.tsx'), 'KeyScreen'),
  '/wallet/check': fetchedScreen(() => import('./wallet/wallet-check-screen.tsx'), 'WalletCheckScreen'),
  '/more': fetchedScreen(() => import('./more/more-screen.tsx'), 'MoreScreen'),
  '/more/name': fetchedScreen(() => import('./more/name-screen.tsx'), 'NameScreen'),
  '/settings': SettingsScreen,
  '/settings/account': fetchedScreen(() => import('./settings/account-screens.tsx'), 'AccountScreen'),
  '/settings/account/privacy': fetchedScreen(() => import('./contacts/privacy-screen.tsx'), 'PrivacyScreen'),
  '/settings/account/privacy/conversation': fetchedScreen(
    () => import('./privacy/privacy-screens.tsx'),
    'ConversationPrivacyScreen',
  ),
  '/settings/account/privacy/phone': fetchedScreen(
    () => import('./privacy/privacy-screens.tsx'),
    'PhonePrivacyScreen',
  ),
  '/settings/account/privacy/blocked': fetchedScreen(
    () => import('./contacts/blocked-screen.tsx'),
    'BlockedScreen',
  ),
  '/settings/account/privacy/app-lock': fetchedScreen(
    () => import('./app-lock/app-lock-screen.tsx'),
    'AppLockScreen',
  ),
  '/settings/account/security': fetchedScreen(
    () => import('./settings/account-screens.tsx'),
    'SecurityScreen',
  ),
  '/settings/account/security/pin': fetchedScreen(() => import('./settings/pin-screens.tsx'), 'PinScreen'),
  '/settings/account/security/pin/change': fetchedScreen(
    () => import('./settings/change-pin-screen.tsx'),
    'ChangePinScreen',
  ),
  '/settings/account/security/pin/nodes/move': fetchedScreen(
    () => import('./pin-nodes/move-pin-screen.tsx'),
    'MovePinScreen',
  ),
  '/settings/account/security/pin/nodes': fetchedScreen(
    () => import('./pin-nodes/pin-nodes-screen.tsx'),
    'PinNodesScreen',
  ),
  '/settings/account/security/forgot-pin': fetchedScreen(
    () => import('./settings/pin-screens.tsx'),
    'ForgotPinScreen',
  ),
  '/settings/account/security/recovery-kit': fetchedScreen(
    () => import('./recovery-kit/recovery-kit-screen.tsx'),
    'RecoveryKitScreen',
  ),
  '/settings/account/security/recovery-kit/words': fetchedScreen(
    () => import('./words/words-backup-screen.tsx'),
    'WordsBackupScreen',
  ),
  '/settings/account/security/recovery-kit/rehearse-phone': fetchedScreen(
    () => import('./recovery-drill/number-drill-screen.tsx'),
    'RehearsePhoneScreen',
  ),
  '/settings/account/security/recovery-kit/rehearse-contact': fetchedScreen(
    () => import('./recovery-drill/number-drill-screen.tsx'),
    'RehearseContactScreen',
  ),
  '/settings/account/security/recovery-kit/rehearse-words': fetchedScreen(
    () => import('./words/rehearse-words-screen.tsx'),
    'RehearseWordsScreen',
  ),
  '/settings/account/security/recovery-kit/contact': fetchedScreen(
    () => import('./recovery-contact/recovery-contact-screen.tsx'),
    'RecoveryContactScreen',
  ),
  '/settings/account/security/words': fetchedScreen(
    () => import('./settings/words-screen.tsx'),
    'WordsScreen',
  ),
  '/settings/account/security/logs': fetchedScreen(() => import('./settings/pin-screens.tsx'), 'LogsScreen'),
  '/settings/account/security/logs/pin': fetchedScreen(
    () => import('./pin-log/pin-log-screen.tsx'),
    'PinLogScreen',
  ),
  '/settings/account/security/devices': fetchedScreen(
    () => import('./devices/devices-screen.tsx'),
    'DevicesScreen',
  ),
  '/settings/account/security/devices/link': fetchedScreen(
    () => import('./device-link/link-device-screen.tsx'),
    'LinkDeviceScreen',
  ),
  '/settings/account/phone': fetchedScreen(() => import('./phone/phone-link-screen.tsx'), 'PhoneLinkScreen'),
  '/settings/account/phone/verify': fetchedScreen(
    () => import('./phone/phone-link-screen.tsx'),
    'VerifyPhoneScreen',
  ),
  '/settings/account/export': fetchedScreen(
    () => import('./account-export/export-screen.tsx'),
    'ExportScreen',
  ),
  '/settings/account/delete': fetchedScreen(
    () => import('./delete-account/delete-account-screen.tsx'),
    'DeleteAccountScreen',
  ),
  '/settings/account/log-out': fetchedScreen(() => import('./settings/log-out-screen.tsx'), 'LogOutScreen'),
  '/settings/privacy-security': fetchedScreen(
    () => import('./settings/privacy-security-screen.tsx'),
    'PrivacySecurityScreen',
  ),
  '/settings/notifications': fetchedScreen(
    () => import('./notifications/notifications-screen.tsx'),
    'NotificationsScreen',
  ),
  '/settings/appearance': fetchedScreen(
    () => import('./settings/preference-screens.tsx'),
    'AppearanceScreen',
  ),
  '/settings/language': fetchedScreen(() => import('./settings/preference-screens.tsx'), 'LanguageScreen'),
  '/settings/about': fetchedScreen(() => import('./settings/preference-screens.tsx'), 'AboutScreen'),
  '/support': fetchedScreen(() => import('./support/support-screen.tsx'), 'SupportScreen'),
  '/support/logs': fetchedScreen(() => import('./support/device-log-screen.tsx'), 'DeviceLogScreen'),
  '/settings/about/logs': fetchedScreen(() => import('./support/device-log-screen.tsx'), 'AboutLogsScreen'),
  '/help': fetchedScreen(() => import('./help/help-screens.tsx'), 'HelpScreen'),
  '/help/$collectionId': fetchedScreen(() => import('./help/help-screens.tsx'), 'HelpCollectionScreen'),
  '/help/$collectionId/$articleId': fetchedScreen(
    () => import('./help/help-screens.tsx'),
    'HelpArticleScreen',
  ),
  '/not-found': NotFoundScreen,
};
