import type { ReactNode } from 'react';
import { NotFoundScreen } from './app/not-found-screen.tsx';
import { ChatsScreen } from './chats/chats-screen.tsx';
import { MoreScreen } from './more/more-screen.tsx';
import { NameScreen } from './more/name-screen.tsx';
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
import { AccountScreen, SecurityScreen } from './settings/account-screens.tsx';
import { ChangePinScreen } from './settings/change-pin-screen.tsx';
import { FinishPinChangeScreen } from './settings/finish-pin-change-screen.tsx';
import { LogOutScreen } from './settings/log-out-screen.tsx';
import { ForgotPinScreen, LogsScreen, PinScreen } from './settings/pin-screens.tsx';
import { AboutScreen, AppearanceScreen, LanguageScreen } from './settings/preference-screens.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { WordsScreen } from './settings/words-screen.tsx';
import { GateForgotPinScreen, GateLogsScreen } from './unlock/gate-pages.tsx';
import { UnlockScreen } from './unlock/unlock-screen.tsx';
import { WalletScreen } from './wallet/wallet-screen.tsx';

/** The screen of each page of the route table. */
export const screens: Readonly<Record<RoutePath, () => ReactNode>> = {
  '/welcome': LandingScreen,
  '/register': RegisterScreen,
  '/register/words': RegisterWordsScreen,
  '/register/phone': RegisterPhoneScreen,
  '/register/phone/code': RegisterCodeScreen,
  '/login': LoginScreen,
  '/login/words': LoginWordsScreen,
  '/login/phone': LoginPhoneScreen,
  '/login/phone/code': LoginCodeScreen,
  '/pin/set': SetPinScreen,
  '/welcome/words': OfferedWordsScreen,
  '/welcome/name': WelcomeNameScreen,
  '/unlock': UnlockScreen,
  '/unlock/logs': GateLogsScreen,
  '/unlock/forgot-pin': GateForgotPinScreen,
  '/pin/finish-change': FinishPinChangeScreen,
  '/chats': ChatsScreen,
  '/wallet': WalletScreen,
  '/more': MoreScreen,
  '/more/name': NameScreen,
  '/settings': SettingsScreen,
  '/settings/account': AccountScreen,
  '/settings/account/security': SecurityScreen,
  '/settings/account/security/pin': PinScreen,
  '/settings/account/security/pin/change': ChangePinScreen,
  '/settings/account/security/forgot-pin': ForgotPinScreen,
  '/settings/account/security/words': WordsScreen,
  '/settings/account/security/logs': LogsScreen,
  '/settings/account/log-out': LogOutScreen,
  '/settings/appearance': AppearanceScreen,
  '/settings/language': LanguageScreen,
  '/settings/about': AboutScreen,
  '/not-found': NotFoundScreen,
};
